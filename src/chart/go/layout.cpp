#include "chart/go/layout.hpp"

namespace gpuctl::chart::go {

namespace {

struct Known {
  std::string_view text;
  Element element;
};

// Of one beginning the longest stands first.
constexpr Known known[] = {
    {"January", Element::long_month},
    {"Jan", Element::month},
    {"Monday", Element::long_week_day},
    {"Mon", Element::week_day},
    {"MST", Element::zone_name},
    {"002", Element::zero_year_day},
    {"01", Element::zero_month},
    {"02", Element::zero_day},
    {"03", Element::zero_hour12},
    {"04", Element::zero_minute},
    {"05", Element::zero_second},
    {"06", Element::year},
    {"15", Element::hour},
    {"1", Element::number_month},
    {"2006", Element::long_year},
    {"2", Element::day},
    {"_2", Element::under_day},
    {"__2", Element::under_year_day},
    {"3", Element::hour12},
    {"4", Element::minute},
    {"5", Element::second},
    {"PM", Element::upper_noon},
    {"pm", Element::lower_noon},
    {"-070000", Element::offset},
    {"-07:00:00", Element::offset},
    {"-0700", Element::offset},
    {"-07:00", Element::offset},
    {"-07", Element::offset},
    {"Z070000", Element::offset},
    {"Z07:00:00", Element::offset},
    {"Z0700", Element::offset},
    {"Z07:00", Element::offset},
    {"Z07", Element::offset},
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
  return (word.element == Element::month || word.element == Element::week_day) && end < text.size() &&
         text[end] >= 'a' && text[end] <= 'z';
}

Step step_at(std::string_view text) {
  if (const auto size = fraction_at(text))
    return {{}, text.substr(0, size), text[1] == '0' ? Element::fraction : Element::short_fraction};
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
    if (step.element == Element::none) continue;
    step.before = layout.substr(0, i);
    layout.remove_prefix(i + step.text.size());
    return step;
  }
  const Step rest{layout, {}, Element::none};
  layout = {};
  return rest;
}

}  // namespace gpuctl::chart::go
