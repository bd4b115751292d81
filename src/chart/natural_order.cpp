#include "chart/natural_order.hpp"

#include <cstdint>
#include <vector>

#include "chart/go/unicode.hpp"

namespace gpuctl::chart {

namespace {

std::vector<char32_t> runes(std::string_view text) {
  std::vector<char32_t> all;
  all.reserve(text.size());
  while (!text.empty()) {
    const go::Rune rune = go::first_rune(text);
    all.push_back(rune.code);
    text.remove_prefix(rune.length);
  }
  return all;
}

struct NaturalNumber {
  std::uint64_t value = 0;  // wraps as Go's does
  std::size_t end = 0;
};

NaturalNumber number_at(const std::vector<char32_t>& text, std::size_t at, std::uint64_t from) {
  NaturalNumber number{from, at};
  for (; number.end < text.size() && go::is_digit(text[number.end]); ++number.end)
    number.value = number.value * 10 + (text[number.end] - U'0');
  return number;
}

/// Whether a zero at `at` stands within a number and so counts.
bool within_number(const std::vector<char32_t>& text, std::size_t at) {
  while (at > 0 && go::is_digit(text[at - 1])) {
    if (text[at - 1] != '0') return true;
    --at;
  }
  return false;
}

bool less_at(const std::vector<char32_t>& a, const std::vector<char32_t>& b, std::size_t i, bool after_digit,
             GoYaml version) {
  const bool a_letter = go::is_letter(a[i]), b_letter = go::is_letter(b[i]);
  if (a_letter && b_letter) return a[i] < b[i];
  if (a_letter || b_letter) return version == GoYaml::v3 && after_digit ? a_letter : b_letter;
  const std::uint64_t from = (a[i] == '0' || b[i] == '0') && within_number(a, i) ? 1 : 0;
  const NaturalNumber x = number_at(a, i, from), y = number_at(b, i, from);
  if (x.value != y.value) return static_cast<std::int64_t>(x.value) < static_cast<std::int64_t>(y.value);
  if (x.end != y.end) return x.end < y.end;
  return a[i] < b[i];
}

}  // namespace

bool natural_less(std::string_view left, std::string_view right, GoYaml version) {
  const auto a = runes(left), b = runes(right);
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (a[i] != b[i]) return less_at(a, b, i, i > 0 && go::is_digit(a[i - 1]), version);
  return a.size() < b.size();
}

}  // namespace gpuctl::chart
