#include <charconv>
#include <cmath>
#include <limits>

#include "chart/go/number.hpp"

namespace gpuctl::chart::go {

namespace {

char to_lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
bool is_decimal(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex(char c) {
  return is_decimal(c) || (to_lower_letter(c) >= 'a' && to_lower_letter(c) <= 'f');
}

/// Whether each underscore stands between two digits, or between a base's prefix and a digit.
bool underscores_part_digits(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  bool after_digit = false;
  bool after_underscore = false;
  bool hex = false;
  if (text.size() >= 2 && text[0] == '0' &&
      (to_lower_letter(text[1]) == 'b' || to_lower_letter(text[1]) == 'o' || to_lower_letter(text[1]) == 'x')) {
    hex = to_lower_letter(text[1]) == 'x';
    after_digit = true;
    text.remove_prefix(2);
  }
  for (const char c : text) {
    if (is_decimal(c) || (hex && is_hex(c))) {
      after_digit = true;
      after_underscore = false;
    } else if (c == '_') {
      if (!after_digit) return false;
      after_digit = false;
      after_underscore = true;
    } else {
      if (after_underscore) return false;
      after_digit = false;
    }
  }
  return !after_underscore;
}

unsigned take_base(std::string_view& digits) {
  if (digits.empty() || digits[0] != '0') return 10;
  const char mark = digits.size() >= 3 ? to_lower_letter(digits[1]) : '\0';
  const unsigned base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
  digits.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
  return base;
}

struct Float {
  std::string digits;  ///< without sign, prefix and underscores, as from_chars has it
  bool negative = false, hex = false;
  int exponent = 0;  ///< above 0: what is out of range is too large
};

/// Reads digits with a dot into `out.digits`; false where there are none.
bool take_mantissa(std::string_view& text, Float& out) {
  bool dot = false;
  bool any = false;
  bool significant = false;
  int before_dot = 0;
  for (; !text.empty(); text.remove_prefix(1)) {
    const char c = text.front();
    if (c == '_') continue;
    if (c == '.') {
      if (dot) break;
      dot = true;
    } else if (is_decimal(c) || (out.hex && is_hex(c))) {
      any = true;
      significant = significant || c != '0';
      if (!dot && significant) ++before_dot;
      if (dot && !significant) --before_dot;
    } else {
      break;
    }
    out.digits += c;
  }
  out.exponent = before_dot * (out.hex ? 4 : 1);
  return any;
}

bool take_exponent(std::string_view& text, Float& out) {
  const char mark = out.hex ? 'p' : 'e';
  if (text.empty() || to_lower_letter(text.front()) != mark) return !out.hex;
  text.remove_prefix(1);
  out.digits += mark;
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (negative || text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || !is_decimal(text.front())) return false;
  int exponent = 0;
  for (; !text.empty() && (is_decimal(text.front()) || text.front() == '_'); text.remove_prefix(1))
    if (text.front() != '_' && exponent < 100000) exponent = exponent * 10 + (text.front() - '0');
  if (negative) exponent = -exponent;
  out.exponent += exponent;
  out.digits += std::to_string(exponent);
  return true;
}

std::optional<double> named_float(std::string_view text) {
  std::string word;
  for (const char c : text) word += to_lower_letter(c);
  const bool negative = word.starts_with('-');
  if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (negative || word.starts_with('+')) word.erase(0, 1);
  if (word != "inf" && word != "infinity") return std::nullopt;
  return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
}

}  // namespace

std::optional<std::uint64_t> parse_uint(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::string_view rest = text;
  const unsigned base = take_base(rest);
  std::uint64_t number = 0;
  bool underscores = false;
  for (const char c : rest) {
    if (c == '_') {
      underscores = true;
      continue;
    }
    const unsigned digit = is_decimal(c) ? static_cast<unsigned>(c - '0')
                           : is_hex(c)   ? static_cast<unsigned>(to_lower_letter(c) - 'a' + 10)
                                         : 99;
    if (digit >= base) return std::nullopt;
    if (number > (std::numeric_limits<std::uint64_t>::max() - digit) / base) return std::nullopt;
    number = number * base + digit;
  }
  if (underscores && !underscores_part_digits(text)) return std::nullopt;
  return number;
}

std::optional<std::int64_t> parse_int(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (negative || text.front() == '+')) text.remove_prefix(1);
  const auto number = parse_uint(text);
  constexpr std::uint64_t limit = std::uint64_t{1} << 63;
  if (!number || *number > limit || (!negative && *number == limit)) return std::nullopt;
  return static_cast<std::int64_t>(negative ? 0 - *number : *number);
}

std::optional<double> parse_float(std::string_view text) {
  if (const auto named = named_float(text)) return named;
  const bool parted = text.find('_') == std::string_view::npos || underscores_part_digits(text);
  Float read;
  read.negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (read.negative || text.front() == '+')) text.remove_prefix(1);
  if (text.size() > 2 && text[0] == '0' && to_lower_letter(text[1]) == 'x') {
    read.hex = true;
    text.remove_prefix(2);
  }
  if (!take_mantissa(text, read) || !take_exponent(text, read) || !text.empty() || !parted) return std::nullopt;
  double number = 0;
  const char* end = read.digits.data() + read.digits.size();
  const auto format = read.hex ? std::chars_format::hex : std::chars_format::general;
  const auto result = std::from_chars(read.digits.data(), end, number, format);
  if (result.ec == std::errc::result_out_of_range) {
    if (read.exponent > 0) return std::nullopt;
    number = 0;
  } else if (result.ec != std::errc() || result.ptr != end) {
    return std::nullopt;
  }
  return read.negative ? -number : number;
}

}  // namespace gpuctl::chart::go
