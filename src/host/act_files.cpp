#include <fmt/core.h>

#include <algorithm>

#include "host/act_parts.hpp"
#include "util/shell.hpp"

namespace gpuctl::host {

namespace {

/// As an argument of printf: bytes that a shell cannot hold or that printf would read become octal.
std::string printf_format(const std::string& content) {
  std::string out = "'";
  for (const char c : content) {
    if (c == '%')
      out += "%%";
    else if (c == '\'' || c == '\\' || (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
      out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + "'";
}

}  // namespace

std::string act_script(const core::WriteFile& action) {
  return fmt::format("content() {{ printf {}; }}\nreplace {} {} {} {}\n", printf_format(action.content),
                     util::shell_quote(action.path), action.content.size(), util::shell_quote(action.mode),
                     util::shell_quote(action.owner + ":" + action.group));
}

std::string act_script(const core::RemoveFile& action) {
  return fmt::format("rm -f -- {}\n", util::shell_quote(action.path));
}

// replace FILE BYTES MODE OWNER: what content() writes becomes the file, at once or not at all. A link stays one.
// Where printf cannot write, tee says what the system says, and of which file (busybox's keeps a full disk to itself).
// The file is on the disk before it gets its name, so a power cut leaves the old or the new one; which of them, the
// next run sees. Programs are started only where they are needed: each costs more than all the rest.
const char* const file_functions = R"sh(
replace() {
  f=$1
  [ ! -L "$f" ] || f=$(readlink -f "$f") || { echo "$1: a link that leads nowhere"; return 1; }
  [ ! -d "$f" ] || { echo "$f: Is a directory"; return 1; }
  d=${f%/*}; [ -n "$d" ] || d=/
  [ -d "$d" ] || mkdir -p "$d" || return 1
  for n in "$d"/.gpuctl-*.new; do [ ! -e "$n" ] || rm -f "$n"; done
  n=$d/.gpuctl-$$.new
  umask 077
  { content 2>/dev/null >"$n" || content | tee "$n" >/dev/null; } && sync "$n" || { rm -f "$n"; room "$d" "$2"; return 1; }
  umask 022
  if [ -e "$f" ]; then s=$(stat -c '%u:%g %a' "$f") && chown "${s% *}" "$n" && chmod "${s#* }" "$n"
  elif [ "$4" = root:root ] && [ -O / ] && [ ! -g "$d" ]; then chmod "$3" "$n"
  else chown "$4" "$n" && chmod "$3" "$n"
  fi && mv -f "$n" "$f" || { rm -f "$n"; return 1; }
}
room() {
  a=$(stat -f -c '%a %S' "$1") && [ $((${a% *} * ${a#* })) -lt $(($2 + 4096)) ] && echo "$1: No space left on device"
}
)sh";

}  // namespace gpuctl::host
