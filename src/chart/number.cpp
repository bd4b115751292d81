#include "chart/number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace gpuctl::chart {

namespace {

template <class Float>
Digits digits_of(Float number) {
  std::array<char, 64> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(number), std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const auto e = text.find('e');
  Digits result;
  result.negative = std::signbit(number);
  for (const char c : text.substr(0, e))
    if (c != '.') result.digits += c;
  while (!result.digits.empty() && result.digits.back() == '0') result.digits.pop_back();
  if (result.digits.empty()) return result;
  const auto exponent = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), result.point);
  ++result.point;
  return result;
}

int exponent_of(const Digits& number) {
  return number.digits.empty() ? 0 : number.point - 1;
}

template <class Float>
std::string print(Float number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Inf" : "+Inf";
  const Digits digits = digits_of(number);
  const int exponent = exponent_of(digits);
  return exponent < -4 || exponent >= 6 ? with_exponent(digits, 2) : without_exponent(digits);
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

/// Underscores may stand only between digits, or between a prefix and a digit, and only where there is a prefix's base.
bool underscores_fit(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  char before = '^';
  bool hex = false;
  if (text.size() >= 2 && text[0] == '0' && digit_value(text[1]) > 9 &&
      std::string_view("bBoOxX").find(text[1]) != text.npos) {
    before = '0';
    hex = text[1] == 'x' || text[1] == 'X';
    text.remove_prefix(2);
  }
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (hex && digit_value(c) < 16)) {
      before = '0';
    } else if (c == '_') {
      if (before != '0') return false;
      before = '_';
    } else {
      if (before == '_') return false;
      before = '!';
    }
  }
  return before != '_';
}

}  // namespace

std::string with_exponent(const Digits& number, std::size_t exponent_digits) {
  std::string out = number.negative ? "-" : "";
  out += number.digits.empty() ? '0' : number.digits[0];
  if (number.digits.size() > 1) out += "." + number.digits.substr(1);
  const int exponent = exponent_of(number);
  std::string size = std::to_string(std::abs(exponent));
  if (size.size() < exponent_digits) size.insert(0, exponent_digits - size.size(), '0');
  return out + (exponent < 0 ? "e-" : "e+") + size;
}

std::string without_exponent(const Digits& number) {
  const std::string sign = number.negative ? "-" : "";
  if (number.digits.empty()) return sign + "0";
  const int size = static_cast<int>(number.digits.size());
  const auto zeros = [](int n) { return std::string(static_cast<std::size_t>(n), '0'); };
  if (number.point <= 0) return sign + "0." + zeros(-number.point) + number.digits;
  if (number.point >= size) return sign + number.digits + zeros(number.point - size);
  const auto whole = static_cast<std::size_t>(number.point);
  return sign + number.digits.substr(0, whole) + "." + number.digits.substr(whole);
}

Digits shortest(double number) {
  return digits_of(number);
}

std::string print_float(double number) {
  return print(number);
}
std::string print_float(float number) {
  return print(number);
}

std::string json_float(double number) {
  const Digits digits = digits_of(number);
  const double size = std::fabs(number);
  if (size != 0 && (size < 1e-6 || size >= 1e21)) return with_exponent(digits, 1);
  return without_exponent(digits);
}

ParsedUint parse_uint(std::string_view text, int base) {
  const std::string_view whole = text;
  const bool prefixed = base == 0;
  if (prefixed) {
    base = 10;
    if (text.size() >= 1 && text[0] == '0') {
      const char kind = text.size() >= 3 ? static_cast<char>(text[1] | 0x20) : ' ';
      base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 8;
      text.remove_prefix(kind == 'x' || kind == 'o' || kind == 'b' ? 2 : 1);
    }
  }
  if (whole.empty()) return {};
  ParsedUint result{Parsed::fine, 0};
  bool underscores = false;
  for (const char c : text) {
    if (c == '_' && prefixed) {
      underscores = true;
      continue;
    }
    const int digit = digit_value(c);
    if (digit >= base) return {};
    const auto before = result.value;
    if (result.outcome == Parsed::range) continue;
    result.value = before * static_cast<unsigned>(base) + static_cast<unsigned>(digit);
    if (before >
        (std::numeric_limits<std::uint64_t>::max() - static_cast<unsigned>(digit)) / static_cast<unsigned>(base))
      result = {Parsed::range, std::numeric_limits<std::uint64_t>::max()};
  }
  if (underscores && !underscores_fit(whole)) return {};
  return result;
}

ParsedInt parse_int(std::string_view text, int base) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
  const ParsedUint size = parse_uint(text, base);
  if (size.outcome == Parsed::syntax) return {};
  constexpr std::uint64_t limit = std::uint64_t{1} << 63;
  if (!negative && size.value >= limit) return {Parsed::range, std::numeric_limits<std::int64_t>::max()};
  if (negative && size.value > limit) return {Parsed::range, std::numeric_limits<std::int64_t>::min()};
  return {Parsed::fine, static_cast<std::int64_t>(negative ? 0 - size.value : size.value)};
}

namespace {

bool same_word(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((text[i] | 0x20) != lower[i]) return false;
  return true;
}

/// Whether it is a float as Go writes one, without its sign; `clean` is the same without underscores.
bool float_shape(std::string_view text, std::string& clean) {
  const bool hex = text.size() > 2 && text[0] == '0' && (text[1] | 0x20) == 'x';
  const int base = hex ? 16 : 10;
  std::size_t i = hex ? 2 : 0;
  bool digits = false, point = false;
  if (hex) clean = "0x";
  for (; i < text.size(); ++i) {
    if (text[i] == '_') continue;
    if (text[i] == '.' && !point)
      point = true;
    else if (digit_value(text[i]) < base)
      digits = true;
    else
      break;
    clean += text[i];
  }
  if (!digits) return false;
  const char mark = hex ? 'p' : 'e';
  if (i == text.size()) return !hex;
  if ((text[i] | 0x20) != mark) return false;
  clean += text[i++];
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) clean += text[i++];
  const auto start = i;
  for (; i < text.size() && ((text[i] >= '0' && text[i] <= '9') || text[i] == '_'); ++i)
    if (text[i] != '_') clean += text[i];
  return i == text.size() && i > start;
}

}  // namespace

ParsedFloat parse_float(std::string_view text) {
  const std::string_view whole = text;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (same_word(text, "inf") || same_word(text, "infinity")) return {Parsed::fine, negative ? -infinite : infinite};
  if (same_word(whole, "nan")) return {Parsed::fine, std::numeric_limits<double>::quiet_NaN()};
  std::string clean;
  if (!float_shape(text, clean)) return {};
  if (text.find('_') != text.npos && !underscores_fit(whole)) return {};
  const double size = std::strtod(clean.c_str(), nullptr);
  const double value = negative ? -size : size;
  return {std::isinf(size) ? Parsed::range : Parsed::fine, value};
}

std::int64_t truncate(double number) {
  if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0))
    return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(number);
}

}  // namespace gpuctl::chart
