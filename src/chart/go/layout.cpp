#include "chart/go/layout.hpp"

namespace gpuctl::chart::go {

namespace {

struct Known {
  std::string_view text;
  LayoutElement element;
};

// Of one beginning the longest stands first.
constexpr Known known[] = {
    {"January", LayoutElement::long_month},
    {"Jan", LayoutElement::month},
    {"Monday", LayoutElement::long_week_day},
    {"Mon", LayoutElement::week_day},
    {"MST", LayoutElement::zone_name},
    {"002", LayoutElement::zero_year_day},
    {"01", LayoutElement::zero_month},
    {"02", LayoutElement::zero_day},
    {"03", LayoutElement::zero_hour12},
    {"04", LayoutElement::zero_minute},
    {"05", LayoutElement::zero_second},
    {"06", LayoutElement::year},
    {"15", LayoutElement::hour},
    {"1", LayoutElement::number_month},
    {"2006", LayoutElement::long_year},
    {"2", LayoutElement::day},
    {"_2", LayoutElement::under_day},
    {"__2", LayoutElement::under_year_day},
    {"3", LayoutElement::hour12},
    {"4", LayoutElement::minute},
    {"5", LayoutElement::second},
    {"PM", LayoutElement::upper_noon},
    {"pm", LayoutElement::lower_noon},
    {"-070000", LayoutElement::offset},
    {"-07:00:00", LayoutElement::offset},
    {"-0700", LayoutElement::offset},
    {"-07:00", LayoutElement::offset},
    {"-07", LayoutElement::offset},
    {"Z070000", LayoutElement::offset},
    {"Z07:00:00", LayoutElement::offset},
    {"Z0700", LayoutElement::offset},
    {"Z07:00", LayoutElement::offset},
    {"Z07", LayoutElement::offset},
};

bool is_digit(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// .000 or ,999: digits of one kind that no other follows.
std::size_t fraction_at(std::string_view text) {
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || (text[1] != '0' && text[1] != '9')) return 0;
  std::size_t end = 1;
  while (end < text.size() && text[end] == text[1]) ++end;
  return is_digit(text, end) ? 0 : end;
}

/// Jan in Janet is no month.
bool goes_on(std::string_view text, const Known& word) {
  const auto end = word.text.size();
  return (word.element == LayoutElement::month || word.element == LayoutElement::week_day) && end < text.size() &&
         text[end] >= 'a' && text[end] <= 'z';
}

Step step_at(std::string_view text) {
  if (const auto size = fraction_at(text))
    return {{}, text.substr(0, size), text[1] == '0' ? LayoutElement::fraction : LayoutElement::short_fraction};
  if (text.starts_with("_2006")) return {};  // an underscore, and the year behind it
  for (const Known& word : known)
    if (text.starts_with(word.text) && !goes_on(text, word))
      return {{}, text.substr(0, word.text.size()), word.element};
  return {};
}

}  // namespace

Step next_step(std::string_view& layout) {
  for (std::size_t i = 0; i < layout.size(); ++i) {
    Step step = step_at(layout.substr(i));
    if (step.element == LayoutElement::none) continue;
    step.before = layout.substr(0, i);
    layout.remove_prefix(i + step.text.size());
    return step;
  }
  const Step rest{layout, {}, LayoutElement::none};
  layout = {};
  return rest;
}

}  // namespace gpuctl::chart::go
