#include <algorithm>
#include <cmath>

#include "chart/function.hpp"
#include "chart/go/number.hpp"
#include "chart/go/print.hpp"
#include "chart/go/printer.hpp"
#include "chart/go/quote.hpp"
#include "chart/go/unicode.hpp"

namespace gpuctl::chart::go {

void Printer::write(std::string_view text) {
  if (out.size() + text.size() > longest_text) throw CallError("the text grows beyond 256 MiB");
  out += text;
}

void Printer::padding(long count) {
  if (count <= 0) return;
  if (out.size() + static_cast<std::size_t>(count) > longest_text) throw CallError("the text grows beyond 256 MiB");
  out.append(static_cast<std::size_t>(count), flags.zero && !flags.minus ? '0' : ' ');
}

void Printer::pad(std::string_view text) {
  if (!flags.has_width || flags.width == 0) return write(text);
  const long missing = flags.width - static_cast<long>(rune_count(text));
  if (!flags.minus) padding(missing);
  write(text);
  if (flags.minus) padding(missing);
}

void Printer::pad_unzeroed(std::string_view text) {
  const bool zero = flags.zero;
  flags.zero = false;
  pad(text);
  flags.zero = zero;
}

void Printer::digits(std::uint64_t number, unsigned base, bool is_signed, char32_t verb, bool upper) {
  const bool negative = is_signed && static_cast<std::int64_t>(number) < 0;
  if (negative) number = 0 - number;
  long least = 0;
  if (flags.has_precision) {
    least = flags.precision;
    if (least == 0 && number == 0) {
      const bool zero = flags.zero;
      flags.zero = false;
      padding(flags.width);
      flags.zero = zero;
      return;
    }
  } else if (flags.zero && !flags.minus && flags.has_width) {
    least = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
  }
  const char* const figures = upper ? "0123456789ABCDEFX" : "0123456789abcdefx";
  std::string text;  // from the right
  do {
    text += figures[number % base];
    number /= base;
  } while (number > 0);
  if (static_cast<long>(text.size()) < least) text.append(static_cast<std::size_t>(least) - text.size(), '0');
  if (flags.sharp && base == 2) text += "b0";
  if (flags.sharp && base == 8 && text.back() != '0') text += '0';
  if (flags.sharp && base == 16) text.append({figures[16], '0'});
  if (verb == 'O') text += "o0";
  if (negative)
    text += '-';
  else if (flags.plus)
    text += '+';
  else if (flags.space)
    text += ' ';
  std::ranges::reverse(text);
  pad_unzeroed(text);
}

void Printer::hex(std::uint64_t number, bool prefix) {
  const bool sharp = flags.sharp;
  flags.sharp = prefix;
  digits(number, 16, false, 'v');
  flags.sharp = sharp;
}

void Printer::character(std::uint64_t code) {
  std::string text;
  append_rune(text, code > 0x10ffff ? 0xfffd : static_cast<char32_t>(code));
  pad(text);
}

void Printer::quoted_character(std::uint64_t code) {
  pad(quoted_rune(code > 0x10ffff ? 0xfffd : static_cast<char32_t>(code), flags.plus));
}

void Printer::unicode(std::uint64_t code) {
  std::string text;  // from the right
  long least = flags.has_precision && flags.precision > 4 ? flags.precision : 4;
  for (std::uint64_t rest = code; rest > 0; rest >>= 4) text += "0123456789ABCDEF"[rest & 15];
  if (static_cast<long>(text.size()) < least) text.append(static_cast<std::size_t>(least) - text.size(), '0');
  text += "+U";
  std::ranges::reverse(text);
  if (flags.sharp && code <= 0x10ffff && is_print(static_cast<char32_t>(code))) {
    text += " '";
    append_rune(text, static_cast<char32_t>(code));
    text += '\'';
  }
  pad_unzeroed(text);
}

/// With the `#` flag there is a point, and no zero at the end is left out.
std::string Printer::with_point(std::string number, char verb, int precision) const {
  int missing = 0;
  if (verb == 'g' || verb == 'G' || verb == 'x') missing = precision == -1 ? 6 : precision;
  std::string tail;
  bool point = false;
  bool significant = false;
  const bool hexadecimal = verb == 'x' || verb == 'X';
  for (std::size_t i = 1; i < number.size(); ++i) {
    const char c = number[i];
    if (c == '.') {
      point = true;
    } else if (c == 'p' || c == 'P' || (!hexadecimal && (c == 'e' || c == 'E'))) {
      tail = number.substr(i);
      number.resize(i);
    } else {
      significant = significant || c != '0';
      if (significant) --missing;
    }
  }
  if (!point) {
    if (number.size() == 2 && number[1] == '0') --missing;
    number += '.';
  }
  if (missing > 0) number.append(static_cast<std::size_t>(missing), '0');
  return number + tail;
}

void Printer::decimal(double value, char verb, int precision) {
  if (flags.has_precision) precision = flags.precision;
  std::string number = format_float(value, verb, precision);
  if (number[0] != '-' && number[0] != '+') number.insert(0, 1, '+');
  if (flags.space && number[0] == '+' && !flags.plus) number[0] = ' ';
  if (number[1] == 'I' || number[1] == 'N') {
    if (number[1] == 'N' && !flags.space && !flags.plus) number.erase(0, 1);
    return pad_unzeroed(number);
  }
  if (flags.sharp && verb != 'b') number = with_point(number, verb, precision);
  if (!flags.plus && number[0] == '+') return pad(std::string_view(number).substr(1));
  if (!flags.zero || flags.minus || !flags.has_width || flags.width <= static_cast<int>(number.size()))
    return pad(number);
  write(number.substr(0, 1));  // the sign goes before the zeros
  padding(flags.width - static_cast<long>(number.size()));
  write(std::string_view(number).substr(1));
}

std::string_view Printer::truncated(std::string_view text) const {
  if (!flags.has_precision) return text;
  std::size_t length = 0;
  for (int i = 0; i < flags.precision && length < text.size(); ++i) length += first_rune(text.substr(length)).length;
  return text.substr(0, length);
}

void Printer::string(std::string_view text) {
  pad(truncated(text));
}

void Printer::quoted(std::string_view text) {
  text = truncated(text);
  if (flags.sharp && can_be_raw(text))
    pad('`' + std::string(text) + '`');
  else
    pad(go::quoted(text, flags.plus));
}

void Printer::hex_text(std::string_view text, bool upper) {
  if (flags.has_precision) text = text.substr(0, static_cast<std::size_t>(flags.precision));
  const char* const figures = upper ? "0123456789ABCDEFX" : "0123456789abcdefx";
  if (text.empty()) return padding(flags.has_width ? flags.width : 0);
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (flags.space && i > 0) made += ' ';
    if (flags.sharp && (flags.space || i == 0)) made.append({'0', figures[16]});
    const auto byte = static_cast<unsigned char>(text[i]);
    made.append({figures[byte >> 4], figures[byte & 15]});
  }
  const long missing = flags.has_width ? flags.width - static_cast<long>(made.size()) : 0;
  if (!flags.minus) padding(missing);
  write(made);
  if (flags.minus) padding(missing);
}

}  // namespace gpuctl::chart::go
