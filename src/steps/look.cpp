#include "steps/look.hpp"

#include <cstdint>
#include <ctime>
#include <string_view>

#include "util/strings.hpp"

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

std::optional<core::Time> parse_time(const std::string& text) {
  std::tm parts{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (!rest) return std::nullopt;
  std::int64_t micros = 0;
  if (*rest == '.') {
    std::int64_t scale = 100'000;
    for (++rest; *rest >= '0' && *rest <= '9'; ++rest, scale /= 10) micros += (*rest - '0') * scale;
  }
  if (std::string_view(rest) != "Z") return std::nullopt;
  return core::Time{static_cast<std::int64_t>(timegm(&parts)) * 1'000'000 + micros, false};
}

std::string shown(std::string_view output) {
  constexpr std::size_t most = 100;
  for (const auto& line : util::lines(output)) {
    const auto text = util::trim(line);
    if (text.empty()) continue;
    if (text.size() <= most) return std::string(text);
    std::size_t cut = most;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;  // not inside of a character
    return std::string(text.substr(0, cut)) + "...";
  }
  return {};
}

}  // namespace gpuctl::steps
