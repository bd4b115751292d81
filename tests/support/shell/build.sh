# Configure, build and run meson's suites. Sourced after stage.sh.

# configure FOLDER OPTION...: anew only where it has not been done, was broken off, or a meson.build has changed.
configure() {
  local folder=$1
  shift
  if [ -e "$folder/build.ninja" ]; then
    ninja -C "$folder" build.ninja
    return $?
  fi
  rm -rf "$folder/meson-private" "$folder/meson-info"
  meson setup "$folder" "$top" "$@"
}

# build FOLDER TARGET...: all of it where no target is named.
build() { ninja -C "$@"; }

# suites_of FOLDER: the names of all suites, one a line.
suites_of() {
  meson introspect "$1" --tests | python3 -c '
import json, sys
print("\n".join(sorted({s.split(":")[-1] for t in json.load(sys.stdin) for s in t["suite"]})))'
}

# suite FOLDER NAME ARGUMENT...: runs tests of meson's as one stage and adds their results to passed, failed and skipped.
# With `as=as_root` before it, as root.
suite() {
  local folder=$1 name=$2 counts p f s
  shift 2
  rm -f "$folder/meson-logs/testlog.json"
  stage "$name" ${as:+"$as"} meson test -C "$folder" --no-rebuild --print-errorlogs "$@"
  counts=$(python3 "$top/tests/support/shell/count.py" "$folder/meson-logs/testlog.json") || counts='0 1 0'
  read -r p f s <<<"$counts"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# tallied NAME COMMAND...: a stage that closes with its own line `N passed, N failed`.
tallied() {
  local name=$1 line rc=0
  stage "$@" || rc=$?
  line=$(tail -n 5 "$logs/$name.log" | grep -E '^[0-9]+ passed, [0-9]+ failed' | tail -n 1)
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2])) skipped=$((skipped + ${BASH_REMATCH[4]:-0}))
    if [ "$rc" = 0 ] || [ "${BASH_REMATCH[2]}" -gt 0 ]; then return; fi
  fi
  if [ "$rc" = 77 ]; then skipped=$((skipped + 1)); else failed=$((failed + 1)); fi
}

# counted NAME COMMAND...: a stage that is one test.
counted() {
  if stage "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}
