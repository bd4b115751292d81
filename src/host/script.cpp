#include "host/script.hpp"

#include <fmt/core.h>

#include <stdexcept>

namespace gpuctl::host {

namespace {

// t EXIT more|last LABEL   ends a frame of question $q
// gone PATH                why [ -e ] says no: 201 absent, 202 not allowed to look
// file PATH more|last LABEL   a frame with at most 64 KiB (and one byte, to see that there is more)
// command SECONDS USER ARGV…  a frame with the output, a frame with the errors; label: seconds it took
// text PATH more|last LABEL   like file, and leaves what it is in $c, without NUL bytes
// confs PATH               a frame for a containerd configuration and each file that it may import; the first in $root
// as USER ARGV…            becomes that command, as the login user; way_to USER finds out once how
constexpr std::string_view functions = R"sh(
LC_ALL=C; LANGUAGE=; TZ=UTC0; export LC_ALL LANGUAGE TZ
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
umask 022; cd /
exec 2>/dev/null
nl='
'
t() { printf '\n%s %s %s %s %s\n' "$N" "$q" "$1" "$2" "$3"; }
beat() { printf '\n%s beat\n' "$N"; }
gone() {
  d=$1
  while :; do
    case $d in ?*/*) d=${d%/*};; *) d=/;; esac
    [ -e "$d" ] && break
    [ "$d" = / ] && break
  done
  if [ -d "$d" ] && [ ! -x "$d" ]; then return 202; fi
  return 201
}
file() {
  if [ ! -e "$1" ]; then gone "$1"; t "$?" "$2" "$3"
  elif [ ! -f "$1" ]; then t 203 "$2" "$3"
  else head -c 65537 "$1" 2>&1; t "$?" "$2" "$3"
  fi
}
text() {
  c=
  [ -f "$1" ] || { file "$@"; return; }
  c=$(head -c 65537 "$1" 2>&1; printf '\n%s' "$?")
  e=${c##*"$nl"}; c=${c%"$nl"*}
  printf '%s' "$c"; t "$e" "$2" "$3"
}
way_to() {
  g=$(id -g "$1"); way=su
  if [ -O / ]; then e=root; else e=$(id -un); fi
  if [ "$1" = "$e" ]; then way=none
  elif setpriv --reuid="$1" --regid="$g" --init-groups --reset-env true </dev/null; then way=setpriv
  fi
}
as() {
  u=$1; shift
  case ${u:+$way} in
    setpriv) exec setpriv --reuid="$u" --regid="$g" --init-groups --reset-env env LC_ALL=C PATH="$PATH" "$@";;
    su) exec su -s /bin/sh "$u" -c 'LC_ALL=C exec "$@"' sh "$@";;
    *) exec "$@";;
  esac
}
command_() {
  s=$1; u=$2; shift 2
  if ! command -v "$1" >/dev/null; then printf '%s: not found' "$1"; t 127 last 0; return; fi
  command -v timeout >/dev/null && set -- timeout -k 2 "$s" "$@"
  [ -z "$u" ] || [ -n "$way" ] || way_to "$u"
  read -r b x </proc/uptime
  { y=$( { { (as "$u" "$@" 3>&- 8>&-); printf '\n%s' "$?" >&2; } | head -c 65537 >&3; } 2>&1 | tail -c 65600 ); } 3>&1
  read -r e x </proc/uptime
  t 0 more stdout
  printf '%s' "${y%"$nl"*}"
  t "${y##*"$nl"}" last "$((${e%.*} - ${b%.*}))"
}
confs() {
  seen=; todo=$1; root=
  while [ -n "$todo" ]; do
    p=${todo%%"$nl"*}
    case $todo in *"$nl"*) todo=${todo#*"$nl"};; *) todo=;; esac
    case "$nl$seen$nl" in *"$nl$p$nl"*) continue;; esac
    text "$p" more "$p"
    [ -n "$seen" ] || root=$c
    seen="$seen$nl$p"
    case $c in *imports*) ;; *) continue;; esac
    IFS=$nl; set -f
    for g in $(sed -n '/^[[:blank:]]*imports[[:blank:]]*=/,/\]/p' "$p" | grep -o "\"[^\"]*\"\|'[^']*'"); do
      g=${g#?}; g=${g%?}
      case $g in /*) ;; *) g=${p%/*}/$g;; esac
      set +f
      for f in $g; do [ -f "$f" ] && todo="$todo${todo:+$nl}$f"; done
      set -f
    done
    set +f; unset IFS
  done
}
)sh";

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("/._-:@%+,*?[]!^").find(c) != std::string_view::npos;
}

}  // namespace

std::string prologue(const std::string& nonce, int beat_s) {
  return fmt::format("N={}; B={}\n{}", nonce, beat_s, functions);
}

std::string chunk(std::string_view first, std::string_view body, bool at_once) {
  // A `case` is parsed to its end before any of it runs.
  return fmt::format(
      "case go in go)\nmain() {{\n{}\n{{\nq={}; t 0 last\n{}\nq={}; t 0 last\n}} | {}\n}}\n"
      "main </dev/null\n;; esac\n",
      first, 0, body, -1, at_once ? "cat" : "dd ibs=65536 obs=1048576");
}

std::string glob_word(std::string_view glob) {
  std::string out;
  for (const char c : glob) {
    if (c == '\0') throw std::invalid_argument("a glob holds a NUL byte");
    if (is_plain(c))
      out += c;
    else if (c == '\'')
      out += "\"'\"";
    else
      (out += '\'') += c, out += '\'';
  }
  return out;
}

}  // namespace gpuctl::host
