# The parts of ./check that are more than a suite of meson's. Sourced after build.sh.

# The unit suites once more under the sanitizers: clang's build, so that both compilers read what is in a room. (clang-tidy reads the rest.)
configure_asan() { CXX=clang++-19 configure build-asan -Doptimization=0 -Db_sanitize=address,undefined -Db_lundef=false; }
part_asan() {
  local programs
  required configure-asan configure_asan
  mapfile -t programs < <(python3 -B tests/support/shell/programs.py build-asan unit)
  required build-asan build build-asan "${programs[@]}"
  suite build-asan unit-asan --suite unit
}
# Nothing is built there.
configure_tidy() { CXX=clang++-19 configure build-tidy -Dtests=false -Doptimization=0; }
part_tidy() {
  required configure-tidy configure_tidy
  counted tidy python3 -B tests/tidy/tidy.py build-tidy build/tidy
}

# What takes long. GPUCTL_FUZZ_SECONDS is how long each parser is fed with what covers new ground in it.
configure_fuzz() {
  CXX=clang++-19 configure build-fuzz -Dlibfuzzer=true -Db_sanitize=address,undefined -Db_lundef=false -Dcpp_args=-fsanitize=fuzzer-no-link
}
part_fuzz() {
  local target name
  required configure-fuzz configure_fuzz
  required build-fuzz build build-fuzz fuzzers
  for target in build-fuzz/tests/fuzz/fuzz-*; do
    if [ ! -f "$target" ]; then continue; fi
    name=${target##*/fuzz-}
    mkdir -p "build-fuzz/corpus/$name"
    counted "fuzz-$name" "$target" "-max_total_time=${GPUCTL_FUZZ_SECONDS:-300}" "-artifact_prefix=build-fuzz/found-$name-" \
      "build-fuzz/corpus/$name" "tests/fuzz/seeds/$name"
  done
}
# File by file, so that one that leans on what another includes is found.
part_alone() {
  required configure-alone configure build-alone -Dunity=off -Dtests=false
  counted alone build build-alone
}
part_clean() {
  tallied clean-check tests/clean/clean ./check
  counted clean-quickstart tests/clean/clean --user ./quickstart
}

# What boots machines: one at a time, as root, or not at all and said so.
# The tests have labs of their own numbers, so that one that somebody keeps up is not disturbed.
export GPUCTL_LAB_TESTS=${GPUCTL_LAB_TESTS:-3} GPUCTL_LAB_SELFTEST=${GPUCTL_LAB_SELFTEST:-7}
labs_used=false
end_labs() {
  local number
  if $labs_used; then
    for number in "$GPUCTL_LAB_TESTS" "$GPUCTL_LAB_SELFTEST"; do GPUCTL_LAB=$number as_root tests/lab/lab down; done >>"$logs/lab.log" 2>&1
  fi
  labs_used=false
}
lab_build() { GPUCTL_LAB=$GPUCTL_LAB_TESTS as_root tests/lab/lab build; }
begin_lab_build() {
  labs_used=true
  beside lab-build lab_build
}
part_lab() {
  local why='' count
  can_be_root || why='it needs root or sudo'
  if [ -z "$why" ]; then can_boot || why='systemd-nspawn cannot boot a machine here; a machine or virtual machine of its own can'; fi
  if [ -n "$why" ]; then
    count=$(meson introspect build --tests | python3 -c 'import json, sys; print(sum("gpuctl:lab" in t["suite"] for t in json.load(sys.stdin)))')
    skipped=$((skipped + count))
    say "lab                    skipped: $why"
    return
  fi
  if [ -z "${beside_pids[lab-build]-}" ]; then begin_lab_build; fi
  joined lab-build || { failed=$((failed + 1)); return; }
  as=as_root suite build lab --suite lab
  end_labs
  if [ "$(id -u)" != 0 ]; then as_root chown -R "$(id -u):$(id -g)" build; fi
}
