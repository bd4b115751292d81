#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "host/ask.hpp"
#include "host/decode.hpp"
#include "util/shell.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

constexpr const char* properties =
    "Id,Names,LoadState,ActiveState,SubState,UnitFileState,ActiveEnterTimestamp,ExecMainStartTimestamp,"
    "ConditionTimestamp,InactiveEnterTimestamp,NeedDaemonReload,KillMode,FragmentPath,Result";

// systemd looks everywhere for a unit that it has not heard of, which takes it longer than all of the others together.
// Where there is no file of that name (systemd.unit(5) has the folders) and no control group, it is answered here, with
// what systemctl says of such a unit. $known becomes the units that are left to ask for.
constexpr const char* heard_of = R"sh(
heard_of() {
  for d in /etc/systemd/system /run/systemd/system /usr/lib/systemd/system /lib/systemd/system \
    /usr/local/lib/systemd/system /etc/systemd/system.control /run/systemd/system.control /run/systemd/transient \
    /run/systemd/generator /run/systemd/generator.early /run/systemd/generator.late \
    /sys/fs/cgroup/system.slice /sys/fs/cgroup/systemd/system.slice; do
    [ ! -e "$d/$1" ] && [ ! -L "$d/$1" ] || return 0
  done
  return 1
}
say_absent() {
  printf '\nId=%s\nNames=%s\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\n' "$1" "$1"
  printf '%s=\n' ActiveEnterTimestamp ExecMainStartTimestamp ConditionTimestamp InactiveEnterTimestamp FragmentPath
  printf 'NeedDaemonReload=no\nKillMode=control-group\nResult=success\n\n'
}
)sh";

/// Whether the name of a unit is the name of its file.
bool names_a_file(const std::string& unit) {
  const auto plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
  };
  return std::ranges::all_of(unit, plain) && unit.ends_with(".service");
}

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
  std::string perhaps, names;
  for (const auto& unit : asked)
    (names_a_file(with_suffix(unit.name)) ? perhaps : names) += " " + util::shell_quote(with_suffix(unit.name));

  Question question;
  question.probes.assign(asked.begin(), asked.end());
  // Before systemd 248 there is no --timestamp; TZ is UTC here, and seconds are what is then to be had.
  question.script = fmt::format(
      "{}known=\n"
      "[ -d /run/systemd/system ] && r=yes || r=no\n"
      "for u in{}; do [ $r = yes ] && ! heard_of $u && say_absent $u || known=\"$known $u\"; done\n"
      "show() {{ systemctl show \"$@\" -p {} --{} $known; }}\n"
      "{{ [ -z \"{}$known\" ] || show --timestamp=us+utc || show; }} 2>&1; t \"$?\" last $r\n",
      heard_of, perhaps, properties, names, names.empty() ? "" : "odd");
  question.decode = [asked](std::span<const Frame> frames, core::Facts& facts) {
    const auto units = decode_units(frames.front().bytes);
    const bool failed = frames.front().exit != 0 || frames.front().label == "no";
    for (const auto& unit : asked)
      facts.set(unit, failed ? core::Answer{why(frames.front())} : answer(units, unit.name));
  };
  out.push_back(std::move(question));
}

}  // namespace gpuctl::host
