# Configure, build and run meson's suites. Sourced after stage.sh.

# configure FOLDER OPTION...: anew only where it has not been done, or was broken off.
configure() {
  local folder=$1
  shift
  if [ -e "$folder/build.ninja" ]; then return 0; fi
  rm -rf "$folder/meson-private" "$folder/meson-info"
  meson setup "$folder" "$top" "$@"
}

# build FOLDER
build() { ninja -C "$1"; }

# suites_of FOLDER: the names of all suites, one a line.
suites_of() {
  meson introspect "$1" --tests | python3 -c '
import json, sys
print("\n".join(sorted({s.split(":")[-1] for t in json.load(sys.stdin) for s in t["suite"]})))'
}

# suite FOLDER NAME ARGUMENT...: runs tests of meson's as one stage and adds their results to passed, failed and skipped.
suite() {
  local folder=$1 name=$2 counts p f s
  shift 2
  rm -f "$folder/meson-logs/testlog.json"
  stage "$name" meson test -C "$folder" --no-rebuild --print-errorlogs "$@"
  counts=$(python3 "$top/tests/support/shell/count.py" "$folder/meson-logs/testlog.json") || counts='0 1 0'
  read -r p f s <<<"$counts"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# counted NAME COMMAND...: a stage that is one test.
counted() {
  if stage "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}
