#include <bit>
#include <charconv>
#include <cmath>
#include <vector>

#include "chart/go/number.hpp"

namespace gpuctl::chart::go {

namespace {

/// A number's decimal digits without zeros at the end; the point stands behind `point` of them.
struct Digits {
  std::string text;
  int point = 0;

  int count() const { return static_cast<int>(text.size()); }
  char at(int i) const { return i >= 0 && i < count() ? text[static_cast<std::size_t>(i)] : '0'; }
};

/// Exactly rounded to `count` digits, or the shortest that read back as the number.
Digits digits_of(double number, int count, bool shortest) {
  if (number == 0) return {};
  std::vector<char> buffer(static_cast<std::size_t>(count) + 64);
  char* const first = buffer.data();
  char* const last = first + buffer.size();
  const auto end = shortest ? std::to_chars(first, last, number, std::chars_format::scientific)
                            : std::to_chars(first, last, number, std::chars_format::scientific, count - 1);
  const std::string_view text(first, static_cast<std::size_t>(end.ptr - first));
  const auto e = text.find('e');
  Digits digits;
  for (const char c : text.substr(0, e))
    if (c != '.') digits.text += c;
  while (!digits.text.empty() && digits.text.back() == '0') digits.text.pop_back();
  std::string_view exponent = text.substr(e + 1);
  if (exponent.front() == '+') exponent.remove_prefix(1);
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), digits.point);
  ++digits.point;
  return digits;
}

std::string with_exponent(const Digits& digits, int precision, char mark) {
  std::string out(1, digits.at(0));
  if (precision > 0) out += '.';
  for (int i = 1; i <= precision; ++i) out += digits.at(i);
  int exponent = digits.count() == 0 ? 0 : digits.point - 1;
  out += mark;
  out += exponent < 0 ? '-' : '+';
  exponent = std::abs(exponent);
  if (exponent < 10) out += '0';
  return out += std::to_string(exponent);
}

std::string without_exponent(const Digits& digits, int precision) {
  std::string out;
  for (int i = 0; i < digits.point; ++i) out += digits.at(i);
  if (out.empty()) out = "0";
  if (precision > 0) out += '.';
  for (int i = 0; i < precision; ++i) out += digits.at(digits.point + i);
  return out;
}

std::string general(const Digits& digits, int precision, bool shortest, char verb) {
  if (shortest) precision = digits.count();
  int limit = precision;
  if (limit > digits.count() && digits.count() >= digits.point) limit = digits.count();
  if (shortest) limit = 6;
  const int exponent = digits.point - 1;
  if (exponent < -4 || exponent >= limit) {
    if (precision > digits.count()) precision = digits.count();
    return with_exponent(digits, precision - 1, verb == 'g' ? 'e' : 'E');
  }
  if (precision > digits.point) precision = digits.count();
  return without_exponent(digits, std::max(precision - digits.point, 0));
}

struct Bits {
  std::uint64_t mantissa = 0;
  int exponent = 0;
};

constexpr int mantissa_bits = 52;

Bits bits_of(double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number);
  Bits parts{bits & ((std::uint64_t{1} << mantissa_bits) - 1), static_cast<int>(bits >> mantissa_bits & 0x7ff)};
  if (parts.exponent == 0)
    ++parts.exponent;
  else
    parts.mantissa |= std::uint64_t{1} << mantissa_bits;
  parts.exponent -= 1023;
  return parts;
}

std::string binary(double number) {
  const Bits bits = bits_of(number);
  const int exponent = bits.exponent - mantissa_bits;
  return std::to_string(bits.mantissa) + 'p' + (exponent >= 0 ? "+" : "") + std::to_string(exponent);
}

std::string hexadecimal(double number, int precision, char verb) {
  constexpr int top = 60;  // the bit before the point
  Bits bits = bits_of(number);
  if (bits.mantissa == 0) bits.exponent = 0;
  bits.mantissa <<= top - mantissa_bits;
  for (; bits.mantissa != 0 && (bits.mantissa >> top & 1) == 0; --bits.exponent) bits.mantissa <<= 1;
  if (precision >= 0 && precision < 15) {
    const int kept = precision * 4;
    const std::uint64_t rest = bits.mantissa << kept & ((std::uint64_t{1} << top) - 1);
    bits.mantissa >>= top - kept;
    if ((rest | (bits.mantissa & 1)) > std::uint64_t{1} << (top - 1)) ++bits.mantissa;
    bits.mantissa <<= top - kept;
    if ((bits.mantissa >> (top + 1) & 1) != 0) {
      bits.mantissa >>= 1;
      ++bits.exponent;
    }
  }
  const std::string_view figures = verb == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
  std::string out = {'0', verb, figures[bits.mantissa >> top & 1]};
  bits.mantissa <<= 4;
  if (precision > 0 || (precision < 0 && bits.mantissa != 0)) out += '.';
  for (int i = 0; precision < 0 ? bits.mantissa != 0 : i < precision; ++i, bits.mantissa <<= 4)
    out += figures[bits.mantissa >> top & 15];
  out += verb == 'x' ? 'p' : 'P';
  out += bits.exponent < 0 ? '-' : '+';
  const int exponent = std::abs(bits.exponent);
  if (exponent < 10) out += '0';
  return out += std::to_string(exponent);
}

std::string unsigned_float(double number, char verb, int precision) {
  const bool shortest = precision < 0;
  switch (verb) {
    case 'b':
      return binary(number);
    case 'x':
    case 'X':
      return hexadecimal(number, precision, verb);
    case 'e':
    case 'E': {
      const Digits digits = digits_of(number, precision + 1, shortest);
      return with_exponent(digits, shortest ? std::max(digits.count() - 1, 0) : precision, verb);
    }
    case 'f': {
      if (shortest) {
        const Digits digits = digits_of(number, 0, true);
        return without_exponent(digits, std::max(digits.count() - digits.point, 0));
      }
      std::vector<char> buffer(static_cast<std::size_t>(precision) + 330);
      const auto end =
          std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed, precision);
      return {buffer.data(), end.ptr};
    }
    case 'g':
    case 'G':
      if (!shortest && precision == 0 && number != 0) precision = 1;
      return general(digits_of(number, precision, shortest), precision, shortest, verb);
    default:
      return {'%', verb};
  }
}

}  // namespace

std::string format_float(double number, char verb, int precision) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Inf" : "+Inf";
  return (std::signbit(number) ? "-" : "") + unsigned_float(std::fabs(number), verb, precision);
}

}  // namespace gpuctl::chart::go
