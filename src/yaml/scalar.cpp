#include "yaml/scalar.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace gpuctl::yaml {

namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && digit(text[at])) ++at;
  return at;
}

std::string_view without_sign(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text;
}

std::optional<std::int64_t> integer_of(std::string_view digits, int base) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0o")) {
    const auto digits = text.substr(2);
    return digits.starts_with('-') ? std::nullopt : integer_of(digits, text[1] == 'x' ? 16 : 8);
  }
  const auto digits = without_sign(text);
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), digit)) return std::nullopt;
  return integer_of(text.starts_with('+') ? digits : text, 10);
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?, as the core schema has it.
bool looks_like_number(std::string_view text) {
  const auto body = without_sign(text);
  std::size_t at = skip_digits(body, 0);
  std::size_t digits = at;
  if (at < body.size() && body[at] == '.') {
    const std::size_t after = skip_digits(body, at + 1);
    digits += after - at - 1;
    at = after;
  }
  if (digits == 0) return false;
  if (at < body.size() && (body[at] == 'e' || body[at] == 'E')) {
    ++at;
    if (at < body.size() && (body[at] == '-' || body[at] == '+')) ++at;
    const std::size_t after = skip_digits(body, at);
    if (after == at) return false;
    at = after;
  }
  return at == body.size();
}

std::optional<double> number(std::string_view text) {
  const auto body = without_sign(text);
  const double sign = text.starts_with('-') ? -1.0 : 1.0;
  if (body == ".inf" || body == ".Inf" || body == ".INF") return sign * std::numeric_limits<double>::infinity();
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return std::numeric_limits<double>::quiet_NaN();
  if (!looks_like_number(text)) return std::nullopt;
  double value = 0;
  std::from_chars(body.data(), body.data() + body.size(), value);
  return sign * value;
}

}  // namespace

core::Node plain_scalar(const std::string& text) {
  core::Node node;
  if (text == "true" || text == "false") {
    node.value = text == "true";
  } else if (const auto whole = whole_number(text)) {
    node.value = *whole;
  } else if (const auto real = number(text)) {
    node.value = *real;
  } else if (!text.empty() && text != "~" && text != "null" && text != "Null" && text != "NULL") {
    node.value = text;
  }
  node.source = text;
  return node;
}

}  // namespace gpuctl::yaml
