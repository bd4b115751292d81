#include "ssh/pattern.hpp"

#include <algorithm>
#include <charconv>

#include "util/strings.hpp"

namespace gpuctl::ssh {

bool matches(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0;
  std::size_t star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      // The last star takes one character more; that is enough, earlier stars never have to.
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool matches_any(std::string_view text, std::span<const std::string> patterns) {
  bool found = false;
  for (const auto& pattern : patterns) {
    if (pattern.starts_with('!')) {
      if (matches(text, std::string_view(pattern).substr(1))) return false;
    } else if (matches(text, pattern)) {
      found = true;
    }
  }
  return found;
}

bool matches_list(std::string_view text, std::string_view patterns, bool lower) {
  return matches_any(text, util::split(lower ? lower_case(patterns) : std::string(patterns), ','));
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return out;
}

std::optional<int> whole_number(std::string_view text, int least, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most) return {};
  return value;
}

}  // namespace gpuctl::ssh
