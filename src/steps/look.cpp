#include "steps/look.hpp"

namespace gpuctl::steps {

bool there(const core::Facts& facts, const core::Probe& probe) {
  return facts.record(probe) || facts.text(probe);
}

std::string text_of(const core::Facts& facts, const core::Probe& probe, const std::string& key) {
  const auto* record = facts.record(probe);
  return record ? core::text_of(*record, key) : std::string{};
}

std::optional<core::Time> time_of(const core::Facts& facts, const core::Probe& probe, const std::string& key) {
  const auto* field = facts.field(probe, key);
  const auto* time = field ? std::get_if<core::Time>(field) : nullptr;
  return time ? std::optional(*time) : std::nullopt;
}

std::optional<std::pair<std::string, core::Time>> latest(const core::Facts& facts, const core::Stats& probe) {
  std::optional<std::pair<std::string, core::Time>> out;
  if (const auto* record = facts.record(probe))
    for (const auto& [path, field] : *record)
      if (const auto* time = std::get_if<core::Time>(&field); time && (!out || time->us > out->second.us))
        out.emplace(path, *time);
  return out;
}

std::string full_unit(const std::string& name) {
  return name.find('.') == std::string::npos ? name + ".service" : name;
}

std::string short_unit(const std::string& name) {
  constexpr std::string_view suffix = ".service";
  return name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name;
}

std::string when(core::Time time) {
  return time.at_least ? "in this run" : "at " + core::describe(time);
}

}  // namespace gpuctl::steps
