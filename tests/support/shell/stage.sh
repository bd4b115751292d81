# Stages: what ./check and ./quickstart are doing, how long each part took, and where its output is.
# Sourced by bash; `top` is the project's folder.

logs=$top/build/logs
passed=0 failed=0 skipped=0
beside_pids=()

say() { printf '%s\n' "$*"; }
refuse() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# stage NAME COMMAND...: runs it with its output in a log; one line with the seconds, and the log's end if it fails.
stage() {
  local name=$1 began=$SECONDS rc=0
  shift
  mkdir -p "$logs"
  printf '%-22s' "$name"
  "$@" >"$logs/$name.log" 2>&1 </dev/null || rc=$?
  if [ "$rc" = 0 ]; then
    printf '%5d s\n' $((SECONDS - began))
  else
    printf '%5d s   FAILED (exit %d)\n' $((SECONDS - began)) "$rc"
    tail -n "${STAGE_TAIL:-60}" "$logs/$name.log" | sed 's/^/    /'
    say "    all of it: ${logs#"$top"/}/$name.log"
  fi
  return "$rc"
}

# required NAME COMMAND...: a stage without which nothing further makes sense.
required() {
  stage "$@" && return
  failed=$((failed + 1))
  exit 1
}

# beside NAME COMMAND...: starts it in a process group of its own, its output in a log; `joined NAME` waits for it.
beside() {
  local name=$1
  shift
  mkdir -p "$logs"
  rm -f "$logs/$name.rc"
  setsid bash -c 'log=$1 rc=0; shift; "$@" || rc=$?; echo "$rc" >"$log.rc"; exit "$rc"' beside "$logs/$name" "$@" \
    >"$logs/$name.log" 2>&1 </dev/null &
  beside_pids+=($!)
}

# joined NAME PID: waits for what `beside` started and reports it as a stage.
joined() { stage "$1-wait" wait "$2"; }

# end_beside: nothing started beside outlives us.
end_beside() {
  local pid
  for pid in "${beside_pids[@]}"; do kill -- "-$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
  beside_pids=()
}
