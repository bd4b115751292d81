#include "chart/yaml_ported.hpp"

#include <algorithm>

#include "util/strings.hpp"
#include "yaml/events.hpp"

namespace gpuctl::chart {

namespace {

/// That is read anew for the sake of changes; what needs more keeps libyaml's complaint.
constexpr std::size_t most_reread = std::size_t{8} << 20;
/// Bytes that are copied in the time that one is read.
constexpr std::size_t copied_while_read = 32;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Of Unicode's private use; one that the text has not.
std::string unused_character(std::string_view text) {
  for (char last = '\x80'; last != '\xbf'; ++last) {
    std::string out = {'\xee', '\x80', last};
    if (text.find(out) == text.npos) return out;
  }
  return {};
}

/// What libyaml takes for a part of a tag.
bool goes_on(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || util::is_digit(c) || std::string_view("_-;/?:@&=+$.%!~*'()").find(c) != std::string_view::npos;
}

std::string escaped(char c) {
  return c == ',' ? "%2C" : c == '[' ? "%5B" : "%5D";
}

}  // namespace

PortedText::PortedText(std::string_view text) : text_(text) {
  const auto first = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  if (text.find(byte_order_mark, first) == text.npos) return;
  mark_ = unused_character(text);
  if (mark_.empty()) return;
  const auto rest = util::replace_all(std::string(text.substr(first)), byte_order_mark, mark_);
  changed_ = std::string(text.substr(0, first)) + rest;
  text_ = TextCursor(changed_);
}

bool PortedText::change(std::size_t at, const std::string& with) {
  auto next = std::string(text());
  read_ += std::max(at, next.size() / copied_while_read);
  if (read_ > most_reread) return false;
  next.replace(at, 1, with);
  changed_ = std::move(next);
  text_ = TextCursor(changed_);
  return true;
}

bool PortedText::mend(const yaml::EventError& error) {
  const auto at = text_.byte_at(error.index);
  if (at >= text().size()) return false;
  const char c = text()[at];
  if (error.problem == "found unexpected ':'" && c == ':') {
    if (colon_.empty()) colon_ = unused_character(text());
    return !colon_.empty() && change(at, colon_);
  }
  const bool within_tag = error.problem == "did not find expected whitespace or line break" &&
                          std::string_view(",[]").find(c) != std::string_view::npos;
  return within_tag && change(at, escaped(c));
}

bool PortedText::mend(const yaml::Event& event) {
  if (event.tag.empty()) return false;
  const auto all = text();
  auto at = text_.byte_at(event.place.index);
  if (at < all.size() && all[at] == '&') at = all.find_first_not_of(' ', all.find(' ', at));
  if (at >= all.size() || all[at] != '!' || all.substr(at).starts_with("!<")) return false;
  while (at < all.size() && goes_on(all[at])) ++at;
  return at < all.size() && all[at] == ',' && change(at, escaped(','));
}

std::string PortedText::restored(std::string value) const {
  if (!colon_.empty()) value = util::replace_all(std::move(value), colon_, ":");
  return mark_.empty() ? value : util::replace_all(std::move(value), mark_, byte_order_mark);
}

}  // namespace gpuctl::chart
