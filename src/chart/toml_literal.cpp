#include "chart/toml_literal.hpp"

#include <algorithm>
#include <limits>

#include "chart/function.hpp"
#include "chart/functions/time_object.hpp"
#include "chart/go/layout.hpp"
#include "chart/go/quote.hpp"
#include "chart/go/unicode.hpp"
#include "chart/number.hpp"
#include "chart/toml_source.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

bool is_hex(char c) {
  return util::is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

bool is_word(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return text == "inf" || text == "nan";
}

bool underscores_fit(std::string_view text) {
  if (is_word(text)) return true;
  bool digit = false;
  for (const char c : text) {
    if (c == '_' && !digit) return false;
    digit = is_hex(c);
  }
  return digit;
}

bool leads_with_zero(std::string_view text) {
  if (text.size() > 1 && text[0] == '0' && text[1] != 'b' && text[1] != 'o' && text[1] != 'x') return true;
  return text.size() > 2 && (text[0] == '-' || text[0] == '+') && text[1] == '0';
}

bool periods_fit(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '.' && (i + 1 == text.size() || !util::is_digit(text[i + 1]))) return false;
  return true;
}

/// The digits before, between and behind the marks of a float.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto size = std::min(text.find_first_of(".eE"), text.size());
    if (size > 0) parts.push_back(text.substr(0, size));
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return parts;
}

/// Go takes numbers without their zeros, which shift the marks between them.
bool lacks_zero(std::string_view text, std::string_view layout) {
  for (std::size_t i = 0; i < layout.size() && layout[i] != '.' && layout[i] != 'Z'; ++i)
    if (!util::is_digit(layout[i]) && (i >= text.size() || text[i] != layout[i])) return true;
  return false;
}

[[noreturn]] void refuse(std::size_t line, const std::string& why) {
  throw TomlRefusal{line, why};
}

}  // namespace

Value toml_integer(std::string_view text, std::size_t line) {
  const std::string shown = "Invalid integer " + go::quoted(text) + ": ";
  if (!underscores_fit(text)) refuse(line, shown + "underscores must be surrounded by digits");
  if (leads_with_zero(text)) refuse(line, shown + "cannot have leading zeroes");
  const auto number = parse_int(text, 0);
  if (number.outcome == Parsed::range) refuse(line, std::string(text) + " is out of range for int64");
  if (number.outcome != Parsed::fine)
    throw CallError("BUG: Expected integer value, but got '" + std::string(text) + "'.");
  return Value::of_int64(number.value);
}

Value toml_float(std::string_view text, std::size_t line) {
  const std::string shown = "Invalid float " + go::quoted(text) + ": ";
  const auto parts = parts_of(text);
  for (const std::string_view part : parts)
    if (!underscores_fit(part)) refuse(line, shown + "underscores must be surrounded by digits");
  if (!parts.empty() && leads_with_zero(parts[0])) refuse(line, shown + "cannot have leading zeroes");
  if (!periods_fit(text)) refuse(line, shown + "'.' must be followed by one or more digits");
  if (text.ends_with("nan") && is_word(text)) {
    const double number = std::numeric_limits<double>::quiet_NaN();
    return Value::of_float(text[0] == '-' ? -number : number);
  }
  std::string digits(text);
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  const auto number = parse_float(digits);
  if (number.outcome == Parsed::range) refuse(line, std::string(text) + " is out of range for float64");
  if (number.outcome != Parsed::fine) refuse(line, "Invalid float value: " + go::quoted(text));
  return Value::of_float(number.value);
}

Value toml_time(std::string_view text, std::size_t line) {
  struct Form {
    std::string_view layout, zone;  // a zone's name says what was left out
  };
  constexpr Form forms[] = {{"2006-01-02T15:04:05.999999999Z07:00", ""},
                            {"2006-01-02T15:04:05.999999999", "datetime-local"},
                            {"2006-01-02", "date-local"},
                            {"15:04:05.999999999", "time-local"},
                            {"2006-01-02T15:04Z07:00", ""},
                            {"2006-01-02T15:04", "datetime-local"},
                            {"15:04", "time-local"}};
  std::string spelled(text);
  for (char& c : spelled) c = c == 'z' ? 'Z' : c == 't' || c == ' ' ? 'T' : c;
  const std::string why = "invalid datetime: " + go::quoted(spelled);
  for (const Form& form : forms) {
    try {
      const auto zone = form.zone.empty() ? go::Zone::utc() : go::Zone::fixed(std::string(form.zone), 0);
      auto moment = go::parse_time(form.layout, spelled, zone);
      if (lacks_zero(spelled, form.layout)) refuse(line, why);
      return time_value(std::move(moment));
    } catch (const go::TimeError&) {  // the next form may fit
    }
  }
  refuse(line, why);
}

std::string toml_unescaped(std::string_view text, std::size_t line) {
  constexpr std::string_view letters = "btnfre\"\\", meant = "\b\t\n\f\r\x1b\"\\";
  std::string out;
  while (!text.empty()) {
    const auto next = std::min(text.find('\\'), text.size());
    out += text.substr(0, next);
    text.remove_prefix(next);
    if (text.size() < 2) break;
    const char c = text[1];
    text.remove_prefix(2);
    if (c == ' ' || c == '\t') refuse(line, std::string("invalid escape: '\\") + c + "'");
    if (const auto at = letters.find(c); at != letters.npos) {
      out += meant[at];
      continue;
    }
    const std::size_t size = c == 'x' ? 2 : c == 'u' ? 4 : 8;
    const std::string digits(text.substr(0, size));
    text.remove_prefix(digits.size());
    const auto code = parse_uint(digits, 16).value;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
      refuse(line, "Escaped character '\\u" + digits + "' is not valid UTF-8.");
    go::append_rune(out, static_cast<char32_t>(code));
  }
  return out;
}

std::string_view toml_from_first_line(std::string_view text) {
  if (text.starts_with('\n')) return text.substr(1);
  return text.starts_with("\r\n") ? text.substr(2) : text;
}

std::string toml_joined_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto next = std::min(text.find('\\'), text.size());
    out += text.substr(0, next);
    text.remove_prefix(next);
    if (text.empty()) break;
    const auto blank = std::min(text.find_first_not_of(" \t\r\n", 1), text.size());
    if (text.substr(0, blank).find('\n') != text.npos) {
      text.remove_prefix(blank);
      continue;
    }
    const std::size_t size = text.substr(1, 1) == "\\" ? 2 : 1;
    out += text.substr(0, size);
    text.remove_prefix(size);
  }
  return out;
}

}  // namespace gpuctl::chart
