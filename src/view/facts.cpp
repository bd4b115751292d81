#include "view/facts.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "util/strings.hpp"
#include "view/clean.hpp"
#include "view/page.hpp"

namespace gpuctl::view {

namespace {

constexpr std::size_t most_lines = 12;

void text_lines(Page& page, std::size_t indent, const std::string& text) {
  const auto lines = util::lines(text);
  for (std::size_t i = 0; i < lines.size() && i < most_lines; ++i) page.verbatim(indent, lines[i]);
  if (lines.size() > most_lines)
    page.line(indent, fmt::format("and {} more lines; --json has them", lines.size() - most_lines), Tone::faint);
}

void record_lines(Page& page, const core::Record& record) {
  std::size_t widest = 0;
  for (const auto& [key, field] : record) widest = std::max(widest, std::min<std::size_t>(columns(key), 32));
  for (const auto& [key, field] : record) {
    const auto* text = std::get_if<std::string>(&field);
    if (text && text->find('\n') != std::string::npos) {
      page.line(4, key);
      text_lines(page, 6, *text);
      continue;
    }
    page.pair(4, key, widest + 2, text && text->empty() ? "\"\"" : core::describe(field));
  }
}

}  // namespace

std::string facts_text(const core::HostResult& host, const Style& style) {
  Page page(style);
  page.pair(0, host.host.name, host.host.name.size() + 3, host.summary, Tone::faint, Tone::strong);
  for (const auto& [probe, answer] : host.observed.all()) {
    const auto* record = std::get_if<core::Record>(&answer);
    const auto* text = std::get_if<core::Text>(&answer);
    const bool below = (record && !record->empty()) || text;
    page.line(2, below ? core::describe(probe) : core::describe(probe) + "  " + core::describe(answer));
    if (record) record_lines(page, *record);
    if (text) text_lines(page, 4, text->value);
  }
  return page.text();
}

}  // namespace gpuctl::view
