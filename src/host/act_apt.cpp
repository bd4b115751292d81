#include <fmt/core.h>

#include "host/act_parts.hpp"
#include "host/decode.hpp"
#include "util/shell.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

// until_free SECONDS COMMAND…: runs it; while another program holds one of apt's or dpkg's locks, waits for that
// program's end and runs it again. (apt waits by itself for two of the four only, and apt-mark for none.) sh has no way
// to wait for a process that is not its child but to look whether it is still there.
const char* const apt_functions = R"sh(
DEBIAN_FRONTEND=noninteractive; NEEDRESTART_SUSPEND=1; APT_LISTCHANGES_FRONTEND=none; UCF_FORCE_CONFFOLD=1
export DEBIAN_FRONTEND NEEDRESTART_SUSPEND APT_LISTCHANGES_FRONTEND UCF_FORCE_CONFFOLD
now() { read -r now x </proc/uptime; now=${now%.*}; }
until_free() {
  now; end=$((now + $1)); shift
  while :; do
    "$@" >"$J/try" 2>&1; r=$?
    if [ "$r" = 0 ] || ! grep -Eq 'Could not get lock|locked by another process|Unable to acquire the dpkg' "$J/try"
    then cat "$J/try"; return "$r"
    fi
    h=$(holder)
    now
    if [ "$now" -ge "$end" ]; then cat "$J/try"; printf 'lock held by %s\n' "$h"; return 75; fi
    p=${h##* }; p=${p%)}
    while sleep 1; now; [ -d "/proc/${p:-none}" ] && [ "$now" -lt "$end" ]; do :; done
  done
}
holder() {
  p=$(sed -n 's/.*held by process \([0-9]*\).*/\1/p; s/.*with pid \([0-9]*\)$/\1/p' "$J/try" | tail -n 1)
  if [ -n "$p" ] && read -r c <"/proc/$p/comm"; then printf '%s (pid %s)' "$c" "$p"; return; fi
  for l in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock; do
    i=$(stat -c %i "$l") || continue
    while read -r x x x x p b x; do
      [ "${b##*:}" = "$i" ] && [ "$p" -gt 0 ] || continue
      read -r c <"/proc/$p/comm" || c=unknown
      printf '%s (pid %s)' "$c" "$p"; return
    done </proc/locks
  done 2>/dev/null
}
apt_() {
  t=$1; shift
  until_free "$t" apt-get -y -q -o "DPkg::Lock::Timeout=$t" -o Dpkg::Use-Pty=0 -o APT::Color=0 -o Acquire::Retries=2 \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}
install_() {
  t=$1; hold=$2; names=$3; shift 3
  held=
  for p in $(dpkg-query -W -f '${Package}:${db:Status-Want}\n' -- $names 2>/dev/null); do [ "${p##*:}" != hold ] || held="$held ${p%:*}"; done
  [ -z "$held" ] || until_free "$t" apt-mark unhold $held || return
  apt_ "$t" --allow-downgrades --allow-change-held-packages install "$@"; r=$?
  if [ "$r" != 0 ]; then [ -z "$held" ] || apt-mark hold $held >/dev/null; return "$r"; fi
  [ "$hold" = no ] || until_free "$t" apt-mark hold $names
}
)sh";

namespace {

std::string names_of(const std::vector<core::PackageVersion>& packages) {
  std::vector<std::string> names;
  for (const auto& package : packages) names.push_back(package.name);
  return util::join(names, " ");
}

}  // namespace

std::string act_script(const core::InstallPackages& action) {
  std::string words;
  for (const auto& package : action.packages)
    words += " " + util::shell_quote(package.version.empty() ? package.name : package.name + "=" + package.version);
  return fmt::format("install_ {} {} {} --{}\n", action.lock_timeout_s, action.hold ? "yes" : "no",
                     util::shell_quote(names_of(action.packages)), words);
}

std::string act_script(const core::ConfigurePackages& action) {
  return fmt::format("until_free {} dpkg --configure -a --force-confdef --force-confold\n", action.lock_timeout_s);
}

std::string act_script(const core::HoldPackages& action) {
  return fmt::format("until_free 300 apt-mark {} -- {}\n", action.hold ? "hold" : "unhold",
                     util::shell_command(action.packages));
}

std::string act_script(const core::RefreshIndex& action) {
  // An index that the server calls unchanged keeps its ctime, and would look older than its list for ever: a chmod
  // that changes nothing moves the ctime, and leaves the mtime, which apt compares with the server's.
  std::string files;
  for (const auto* what : {"InRelease", "Release"}) {
    const auto name = "/var/lib/apt/lists/" + apt_list_name(action.uri, action.suite, what);
    files += " " + util::replace_all(util::shell_quote(name), "%24(ARCH)", "'\"$(dpkg --print-architecture)\"'");
  }
  return fmt::format(
      "apt_ {} -o Dir::Etc::sourcelist={} -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0 "
      "-o APT::Update::Error-Mode=any update || exit\n"
      "for f in{}; do [ ! -e \"$f\" ] || chmod 0644 \"$f\" || exit; done\n",
      action.lock_timeout_s, util::shell_quote(action.list), files);
}

}  // namespace gpuctl::host
