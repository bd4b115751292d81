#include "host/decode.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

struct Key {
  std::string_view property;
  const char* key;
};
constexpr Key keys[] = {{"LoadState", "load"},
                        {"ActiveState", "active"},
                        {"SubState", "sub"},
                        {"UnitFileState", "enabled"},
                        {"KillMode", "kill_mode"},
                        {"FragmentPath", "fragment"},
                        {"NeedDaemonReload", "needs_reload"},
                        {"Result", "result"}};

/// A unit's conditions are looked at when its start is asked for, but not when systemd restarts it by itself: then it
/// was inactive for a moment. The later of the two is before the main process's first instruction.
void begun_not_before(core::Record& record, const core::Field& time) {
  const auto* at = std::get_if<core::Time>(&time);
  if (!at) return;
  const auto known = record.find("begun");
  const auto* other = known == record.end() ? nullptr : std::get_if<core::Time>(&known->second);
  if (!other || other->us < at->us) record["begun"] = *at;
}

}  // namespace

std::map<std::string, core::Record> decode_units(std::string_view bytes) {
  std::map<std::string, core::Record> out;
  core::Record record;
  std::vector<std::string> names;
  const auto finish = [&] {
    for (const auto& name : names) out[name] = record;
    record.clear();
    names.clear();
  };
  for (const auto& line : util::lines(bytes)) {
    if (line.empty()) finish();  // properties come in any order; an empty line ends a unit
    const auto equals = line.find('=');
    if (equals == std::string::npos) continue;
    const auto property = std::string_view(line).substr(0, equals);
    const auto value = line.substr(equals + 1);
    if (property == "Id" || property == "Names")
      for (const auto& name : util::words(value)) names.push_back(name);
    if (property == "ActiveEnterTimestamp") record["since"] = decode_timestamp(value);
    if (property == "ExecMainStartTimestamp") record["started"] = decode_timestamp(value);
    if (property == "ConditionTimestamp" || property == "InactiveEnterTimestamp")
      begun_not_before(record, decode_timestamp(value));
    for (const auto& [known, key] : keys)
      if (property == known) record[key] = value;
  }
  finish();
  return out;
}

}  // namespace gpuctl::host
