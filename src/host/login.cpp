#include <fmt/core.h>

#include "host/shell.hpp"
#include "util/shell.hpp"

namespace gpuctl::host {

namespace {

// $1 gate, $2 root|login, $3 the program below, $4 the shell. Read by whatever shell the user has (csh, fish), so it
// is one line and holds no single quote, no ! and no backslash but before a letter.
//
// sudo is tried without a password first. Where it wants one, everything up to `GATE go` is dropped, then come the
// password and, only after the program below has said that it is ready, the script: a sudo that asks again never
// takes the script for a second guess, and one that does not ask never passes the password on.
constexpr const char* login =
    "LC_ALL=C; export LC_ALL; exec 2>&1; i=$(id); u=${i#*(}; u=${u%%)*}; "
    "case $i in uid=0*) r=yes;; *) r=no;; esac; "
    "if [ \"$2\" = login ] || [ $r = yes ]; then exec $4 -c \"$3\" gpuctl \"$1\" \"$u\" \"$4\"; fi; "
    "if command -v sudo >/dev/null; then :; else printf \"\\n%s nosudo\\n\" \"$1\"; exit 8; fi; "
    "sudo -n -- $4 -c \"$3\" gpuctl \"$1\" \"$u\" \"$4\"; r=$?; [ $r = 1 ] || exit $r; "
    "printf \"\\n%s ask\\n\" \"$1\"; "
    "while IFS= read -r l; do [ \"$l\" = \"$1 go\" ] && "
    "exec sudo -S -p \"\" -- $4 -c \"$3\" gpuctl \"$1\" \"$u\" \"$4\" asked; done; exit 9";

// Drops lines (a password that was not asked for) up to the gate, then reads the rest as its script.
constexpr const char* gatekeeper =
    "[ -z \"$4\" ] || printf \"\\n%s ready\\n\" \"$1\"; GPUCTL_USER=$2; export GPUCTL_USER; "
    "while IFS= read -r l; do [ \"$l\" = \"$1\" ] && exec $3; done; exit 9";

}  // namespace

std::string login_command(const std::string& gate, bool become_root, const std::string& sh) {
  return fmt::format("exec {} -c '{}' gpuctl {} {} '{}' '{}'", sh, login, gate, become_root ? "root" : "login",
                     gatekeeper, sh);
}

}  // namespace gpuctl::host
