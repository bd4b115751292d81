#include "core/answer.hpp"

#include <fmt/core.h>

#include <ctime>

#include "core/visit.hpp"
#include "util/utf8.hpp"

namespace gpuctl::core {

GPUCTL_ONE_OF_IN(Field);
GPUCTL_ONE_OF_IN(Answer);

bool operator==(const Field& a, const Field& b) {
  using Base = Field::variant;
  return static_cast<const Base&>(a) == static_cast<const Base&>(b);
}

bool equal(const Answer& a, const Answer& b) {
  return a == b;
}

namespace {

bool confirms_field(const Field& predicted, const Field& gathered) {
  if (std::holds_alternative<Unknown>(predicted)) return true;
  const auto* lower = std::get_if<Time>(&predicted);
  const auto* seen = std::get_if<Time>(&gathered);
  if (lower && seen && lower->at_least) return seen->us + tick_us >= lower->us;
  return predicted == gathered;
}

bool confirms_record(const Record& predicted, const Record& gathered) {
  for (const auto& [key, field] : predicted) {
    const auto found = gathered.find(key);
    const Field seen = found == gathered.end() ? Field{Absent{}} : found->second;
    if (!confirms_field(field, seen)) return false;
  }
  return true;
}

std::string shortened(const std::string& text) {
  constexpr std::size_t most = 60;
  if (!util::is_utf8(text)) return fmt::format("{} bytes", text.size());
  const auto line = text.substr(0, text.find('\n'));
  if (line.size() == text.size() && text.size() <= most) return fmt::format("\"{}\"", text);
  return fmt::format("\"{}…\" ({} bytes)", line.substr(0, most), text.size());
}

}  // namespace

bool confirms(const Answer& predicted, const Answer& gathered) {
  if (std::holds_alternative<Unknown>(predicted)) return true;
  const auto* p = std::get_if<Record>(&predicted);
  const auto* g = std::get_if<Record>(&gathered);
  if (p && g) return confirms_record(*p, *g);
  return predicted == gathered;
}

std::string text_of(const Record& record, const std::string& key) {
  const auto found = record.find(key);
  if (found == record.end()) return {};
  const auto* text = std::get_if<std::string>(&found->second);
  return text ? *text : std::string{};
}

std::string describe(Time time) {
  const std::time_t seconds = static_cast<std::time_t>(time.us / 1'000'000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
  return fmt::format("{}{} UTC", time.at_least ? "not before " : "", text);
}

std::string describe(const Field& field) {
  return std::visit(Overload{
                        [](const Absent&) -> std::string { return "absent"; },
                        [](const std::string& text) { return text; },
                        [](const Time& time) { return describe(time); },
                        [](const Unknown& unknown) { return "known after " + unknown.after; },
                    },
                    field);
}

std::string describe(const Answer& answer) {
  return std::visit(Overload{
                        [](const Absent&) -> std::string { return "absent"; },
                        [](const Text& text) { return shortened(text.value); },
                        [](const Record& record) {
                          std::string out;
                          for (const auto& [key, field] : record)
                            out += fmt::format("{}{}={}", out.empty() ? "" : " ", key, describe(field));
                          return out;
                        },
                        [](const Failed& failed) { return "not known: " + failed.why; },
                        [](const Unknown& unknown) { return "known after " + unknown.after; },
                    },
                    answer);
}

}  // namespace gpuctl::core
