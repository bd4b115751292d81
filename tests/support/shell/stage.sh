# Stages: what ./check and ./quickstart are doing, how long each part took, and where its output is.
# Sourced by bash; `top` is the project's folder.

logs=$top/build/logs
passed=0 failed=0 skipped=0

say() { printf '%s\n' "$*"; }
refuse() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# stage NAME COMMAND...: runs it with its output in a log; one line with the seconds, and the log's end if it fails.
stage() {
  local name=$1 began=$SECONDS rc=0
  shift
  mkdir -p "$logs"
  if [ -t 1 ]; then printf '%-22s\r' "$name"; fi
  "$@" >"$logs/$name.log" 2>&1 </dev/null || rc=$?
  closed "$name" $((SECONDS - began)) "$rc"
}

# closed NAME SECONDS RC: the line of a stage that has ended; its exit code.
closed() {
  if [ "$3" = 0 ]; then
    printf '%-22s%5d s\n' "$1" "$2"
  else
    printf '%-22s%5d s   FAILED (exit %d)\n' "$1" "$2" "$3"
    tail -n "${STAGE_TAIL:-60}" "$logs/$1.log" | sed 's/^/    /'
    say "    all of it: ${logs#"$top"/}/$1.log"
  fi
  return "$3"
}

# required NAME COMMAND...: a stage without which nothing further makes sense.
required() {
  stage "$@" && return
  failed=$((failed + 1))
  exit 1
}

# beside NAME COMMAND...: starts it in a process group of its own, its output in a log; `joined NAME` waits for it.
declare -A beside_pids
beside() {
  local name=$1
  shift
  mkdir -p "$logs"
  set -m
  "$@" >"$logs/$name.log" 2>&1 </dev/null &
  beside_pids[$name]=$!
  set +m
}

# joined NAME: waits for what `beside` started, saying now and then how far it is.
joined() {
  local name=$1 pid=${beside_pids[$1]} began=$SECONDS rc=0 last='' line
  while kill -0 "$pid" 2>/dev/null; do
    timeout 20 tail --pid="$pid" -n 0 -f /dev/null
    line=$(tail -n 1 "$logs/$name.log" | cut -c1-100)
    if [ -n "$line" ] && [ "$line" != "$last" ] && kill -0 "$pid" 2>/dev/null; then say "  $name: $line"; fi
    last=$line
  done
  wait "$pid" || rc=$?
  unset "beside_pids[$name]"
  closed "$name" $((SECONDS - began)) "$rc"
}

# end_beside: nothing started beside outlives us.
end_beside() {
  local pid
  for pid in "${beside_pids[@]}"; do
    kill -- "-$pid" 2>/dev/null || sudo -n kill -- "-$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
  done
  beside_pids=()
}
