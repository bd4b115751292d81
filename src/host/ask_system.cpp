#include "host/ask.hpp"
#include "host/decode.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

// os-release may be absent; the words that follow are then all there is.
constexpr const char* platform_script = R"sh(
{ cat /etc/os-release || cat /usr/lib/os-release; } | sed 's/^/os /' | head -n 60
printf 'kernel %s\n' "$(uname -r)"
printf 'machine %s\n' "$(uname -m)"
printf 'arch %s\n' "$(dpkg --print-architecture)"
printf 'hostname %s\n' "$(uname -n)"
printf 'user %s\n' "${GPUCTL_USER:-$(id -un)}"
read -r b </proc/sys/kernel/random/boot_id && printf 'boot %s\n' "$b"
[ -d /run/systemd/system ] && echo 'systemd yes' || echo 'systemd no'
command -v apt-get >/dev/null && echo 'apt yes' || echo 'apt no'
t 0 last
)sh";

Question clock() {
  Question out;
  out.script = "date +%s.%N; t \"$?\" last\n";
  out.probes = {core::Clock{}};
  out.steady = false;
  out.decode = [](std::span<const Frame> frames, core::Facts& facts) {
    const auto now = decode_seconds(util::trim(frames.front().bytes));
    if (std::holds_alternative<core::Time>(now))
      facts.set(core::Clock{}, core::Record{{"now", now}});
    else
      facts.set(core::Clock{}, core::Failed{"date did not answer with seconds"});
  };
  return out;
}

Question platform() {
  Question out;
  out.script = platform_script;
  out.probes = {core::Platform{}};
  out.decode = [](std::span<const Frame> frames, core::Facts& facts) {
    facts.set(core::Platform{}, decode_platform(frames.front().bytes));
  };
  return out;
}

}  // namespace

void ask_system(Probes probes, std::vector<Question>& out) {
  if (!those_of<core::Clock>(probes).empty()) out.push_back(clock());
  if (!those_of<core::Platform>(probes).empty()) out.push_back(platform());
}

}  // namespace gpuctl::host
