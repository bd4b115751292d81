#include <fmt/core.h>

#include <algorithm>

#include "host/ask.hpp"
#include "host/decode.hpp"
#include "util/shell.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

constexpr const char* properties =
    "Id,Names,LoadState,ActiveState,SubState,UnitFileState,ActiveEnterTimestamp,ExecMainStartTimestamp,"
    "ConditionTimestamp,InactiveEnterTimestamp,NeedDaemonReload,KillMode,FragmentPath,Result";

std::string with_suffix(const std::string& name) {
  const auto dot = name.rfind('.');
  return dot == std::string::npos ? name + ".service" : name;
}

core::Answer answer(const std::map<std::string, core::Record>& units, const std::string& name) {
  for (const auto& wanted : {name, with_suffix(name), name + ".service"})
    if (const auto at = units.find(wanted); at != units.end()) return at->second;
  return core::Failed{"systemctl did not answer for it"};
}

core::Failed why(const Frame& frame) {
  if (frame.exit == 127) return {"this system has no systemctl"};
  if (frame.label == "no") return {"this system is not run by systemd"};
  const auto lines = util::lines(frame.bytes);
  return {"systemctl failed: " + (lines.empty() ? fmt::format("exit code {}", frame.exit) : lines.back())};
}

}  // namespace

void ask_units(Probes probes, std::vector<Question>& out) {
  const auto asked = those_of<core::Unit>(probes);
  if (asked.empty()) return;
  std::string names;
  for (const auto& unit : asked) names += " " + util::shell_quote(unit.name);

  Question question;
  question.probes.assign(asked.begin(), asked.end());
  // Before systemd 248 there is no --timestamp; TZ is UTC here, and seconds are what is then to be had.
  question.script = fmt::format(
      "[ -d /run/systemd/system ] && r=yes || r=no\n"
      "{{ systemctl show --timestamp=us+utc -p {0} --{1} || systemctl show -p {0} --{1}; }} 2>&1; t \"$?\" last $r\n",
      properties, names);
  question.decode = [asked](std::span<const Frame> frames, core::Facts& facts) {
    const auto units = decode_units(frames.front().bytes);
    const bool failed = frames.front().exit != 0 || frames.front().label == "no";
    for (const auto& unit : asked)
      facts.set(unit, failed ? core::Answer{why(frames.front())} : answer(units, unit.name));
  };
  out.push_back(std::move(question));
}

}  // namespace gpuctl::host
