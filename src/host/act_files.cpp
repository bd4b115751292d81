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
  // Only its folder is synced: all of a busy disk may take seconds.
  const auto slash = action.path.rfind('/');
  const auto folder = slash == 0 || slash == std::string::npos ? "/" : action.path.substr(0, slash);
  return fmt::format("rm -f -- {} && {{ d={}; [ ! -d \"$d\" ] || sync \"$d\" || sync; }}\n",
                     util::shell_quote(action.path), util::shell_quote(folder));
}

// replace FILE BYTES MODE OWNER: what content() writes becomes the file, at once or not at all. A link stays one.
// tee says what the system says, and of which file (busybox's keeps a full disk to itself); the size is looked at
// because the exit code is tee's alone.
const char* const file_functions = R"sh(
replace() {
  f=$1
  [ ! -L "$f" ] || f=$(readlink -f "$f") || { echo "$1: a link that leads nowhere"; return 1; }
  [ ! -d "$f" ] || { echo "$f: Is a directory"; return 1; }
  d=${f%/*}; [ -n "$d" ] || d=/
  mkdir -p "$d" || return 1
  rm -f "$d"/.gpuctl-*.new
  n=$d/.gpuctl-$$.new
  (umask 077; content | tee "$n" >/dev/null) && sync "$n" && [ "$(wc -c <"$n")" -eq "$2" ] ||
    { rm -f "$n"; room "$d" "$2"; return 1; }
  if [ -e "$f" ]; then chown "$(stat -c %u:%g "$f")" "$n" && chmod "$(stat -c %a "$f")" "$n"
  else chown "$4" "$n" && chmod "$3" "$n"
  fi && mv -f "$n" "$f" || { rm -f "$n"; return 1; }
  sync "$d" || sync
}
room() {
  a=$(stat -f -c '%a %S' "$1") && [ $((${a% *} * ${a#* })) -lt $(($2 + 4096)) ] && echo "$1: No space left on device"
}
)sh";

}  // namespace gpuctl::host
