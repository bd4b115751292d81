# What both selftests check with. Sourced; `here`, `node` and GPUCTL_LAB are set.
passed=0 failed=0

lab() { "$here/lab" "$@"; }
on() { lab exec "$node" -- "$@"; }

check() { # check WHAT COMMAND...
  local what=$1 said began
  began=$(date +%s%N)
  shift
  if said=$("$@" 2>&1); then
    passed=$((passed + 1))
    [ -z "${VERBOSE-}" ] || printf '%5d ms  %s\n' $((($(date +%s%N) - began) / 1000000)) "$what"
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n%s\n' "$what" "$(tail -n 15 <<<"$said")"
  fi
}

says() { # says TEXT COMMAND...: the command's output has the text, whatever its exit status
  local text=$1 said
  shift
  said=$("$@" 2>&1)
  grep -qF -- "$text" <<<"$said" || { echo "expected: $text"; echo "$said"; return 1; }
}

lost() { # lost COMMAND...: its connection has ended, in one of the two ways that a peer can find it so
  local output
  output=$("$@" 2>&1) && { echo 'it was not'; return 1; }
  [[ $output == *EOF* || $output == *'connection reset by peer'* ]] || { echo "$output"; return 1; }
}

lacks() { # lacks TEXT COMMAND...: the command succeeds and its output does not have the text
  local text=$1 said
  shift
  said=$("$@" 2>&1) && ! grep -qF -- "$text" <<<"$said" || { echo "not expected: $text"; echo "$said"; return 1; }
}

trip_ms() { # milliseconds that a TCP handshake to ADDRESS takes, the best of five
  python3 - "$1" <<'PY'
import socket, sys, time
def once():
    start = time.monotonic()
    socket.create_connection((sys.argv[1], 22), 5).close()
    return time.monotonic() - start
print(round(1000 * min(once() for _ in range(5))))
PY
}

between() { local value; value=$("${@:3}") && [ "$value" -ge "$1" ] && [ "$value" -le "$2" ] || { echo "got $value"; return 1; }; }

left_over() {
  ip -o link | grep -o "g[a-z]*${GPUCTL_LAB}[-:][^:@ ]*"
  ls /run/netns 2>/dev/null | grep "^gpuctl-$GPUCTL_LAB-"
  grep "gpuctl-lab-$GPUCTL_LAB" /proc/mounts
  ls -d "/run/gpuctl-lab-$GPUCTL_LAB" 2>/dev/null
  find /sys/fs/cgroup -maxdepth 2 -name "gpuctl-lab-$GPUCTL_LAB" 2>/dev/null
}
