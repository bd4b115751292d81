#include "chart/yaml_scalar.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "chart/number.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

/// `yes`, `Yes` or `YES`, as YAML spells its words.
bool spells(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  const auto same = [&](std::size_t from, bool upper) {
    for (std::size_t i = from; i < text.size(); ++i)
      if (text[i] != (upper ? static_cast<char>(lower[i] & ~0x20) : lower[i])) return false;
    return true;
  };
  const bool capital = text[0] == static_cast<char>(lower[0] & ~0x20);
  return same(0, false) || (capital && (same(1, false) || same(1, true)));
}

bool any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return spells(text, word); });
}

/// `.inf` and `.nan` have a spelling of their own: `.NaN`.
std::optional<double> float_word(std::string_view text) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return std::numeric_limits<double>::quiet_NaN();
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF") return negative ? -infinite : infinite;
  return std::nullopt;
}

std::optional<Resolved> word(std::string_view text, GoYaml version) {
  if (text.empty() || text == "~" || spells(text, "null")) return Resolved{YamlTag::null, {}};
  const bool old = version == GoYaml::v2;
  if (spells(text, "true") || (old && any_of(text, {"y", "yes", "on"}))) return Resolved{YamlTag::boolean, Value(true)};
  if (spells(text, "false") || (old && any_of(text, {"n", "no", "off"})))
    return Resolved{YamlTag::boolean, Value(false)};
  if (const auto number = float_word(text)) return Resolved{YamlTag::floating, Value::of_float(*number)};
  return std::nullopt;
}

/// [-+]? (.digits | digits (. digits?)?) ([eE][-+]?digits)?
bool is_float(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const auto start = at;
    while (at < text.size() && util::is_digit(text[at])) ++at;
    return at - start;
  };
  const auto sign = [&] {
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  };
  sign();
  const auto whole = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0 && whole == 0) return false;
  } else if (whole == 0) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    sign();
    if (digits() == 0) return false;
  }
  return at == text.size();
}

/// A date, or a date and a time, in the forms that go-yaml tries.
class Timestamp {
 public:
  explicit Timestamp(std::string_view text) : rest_(text) {}

  bool fits() {
    const auto year = number(4, 4);
    if (!year || !take('-')) return false;
    const auto month = number(1, 2);
    if (!month || *month < 1 || *month > 12 || !take('-')) return false;
    const auto day = number(1, 2);
    if (!day || *day < 1 || *day > days(*year, *month)) return false;
    if (rest_.empty()) return true;
    const bool blank = take(' ');
    while (blank && take(' ')) continue;  // Go's layouts take any number of blanks for one
    if (!blank && !take('T') && !take('t')) return false;
    if (!clock()) return false;
    return blank ? rest_.empty() : zone();
  }

 private:
  static int days(int year, int month) {
    if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> number(std::size_t least, std::size_t most) {
    std::size_t size = 0;
    int value = 0;
    for (; size < most && size < rest_.size() && util::is_digit(rest_[size]); ++size)
      value = value * 10 + (rest_[size] - '0');
    if (size < least) return std::nullopt;
    rest_.remove_prefix(size);
    return value;
  }

  bool clock() {
    const auto hour = number(1, 2);
    if (!hour || *hour > 23 || !take(':')) return false;
    const auto minute = number(1, 2);
    if (!minute || *minute > 59 || !take(':')) return false;
    const auto second = number(1, 2);
    if (!second || *second > 59) return false;
    if (rest_.size() >= 2 && (rest_[0] == '.' || rest_[0] == ',') && util::is_digit(rest_[1])) {
      rest_.remove_prefix(1);
      while (!rest_.empty() && util::is_digit(rest_[0])) rest_.remove_prefix(1);
    }
    return true;
  }

  bool zone() {
    if (take('Z')) return rest_.empty();
    if (!take('+') && !take('-')) return false;
    const auto hours = number(2, 2);
    if (!hours || *hours > 24 || !take(':')) return false;
    const auto minutes = number(2, 2);
    return minutes && *minutes < 60 && rest_.empty();
  }

  std::string_view rest_;
};

std::optional<Resolved> integer(std::string_view text, int base) {
  const auto signed_one = parse_int(text, base);
  if (signed_one.outcome == Parsed::fine) return Resolved{YamlTag::integer, Value::of_int(signed_one.value)};
  const auto unsigned_one = parse_uint(text, base);
  if (unsigned_one.outcome == Parsed::fine)
    return Resolved{YamlTag::integer, Value::of(Kind::uint64, unsigned_one.value)};
  return std::nullopt;
}

std::optional<Resolved> prefixed(const std::string& plain, std::string_view prefix, int base) {
  if (plain.starts_with(prefix)) return integer(std::string_view(plain).substr(prefix.size()), base);
  if (plain.starts_with("-" + std::string(prefix))) {
    const auto read = parse_int("-" + plain.substr(prefix.size() + 1), base);
    if (read.outcome == Parsed::fine) return Resolved{YamlTag::integer, Value::of_int(read.value)};
  }
  return std::nullopt;
}

std::optional<Resolved> number(std::string_view text, GoYaml version) {
  std::string plain(text);
  plain.erase(std::remove(plain.begin(), plain.end(), '_'), plain.end());
  if (auto whole = integer(plain, 0)) return whole;
  if (is_float(plain)) {
    const auto read = parse_float(plain);
    if (read.outcome == Parsed::fine) return Resolved{YamlTag::floating, Value::of_float(read.value)};
  }
  if (auto binary = prefixed(plain, "0b", 2)) return binary;
  if (version == GoYaml::v3) return prefixed(plain, "0o", 8);
  return std::nullopt;
}

}  // namespace

Resolved resolve(std::string_view text, GoYaml version) {
  Resolved as_text{YamlTag::string, Value(text)};
  if (auto known = word(text, version)) return *known;
  const char first = text[0];
  if (first == '.') {
    const auto read = parse_float(text);
    return read.outcome == Parsed::fine ? Resolved{YamlTag::floating, Value::of_float(read.value)} : as_text;
  }
  if (first != '+' && first != '-' && !util::is_digit(first)) return as_text;
  if (text.size() > 4 && Timestamp(text).fits()) return {YamlTag::timestamp, Value(text)};
  return number(text, version).value_or(as_text);
}

bool is_base60(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  if (at >= text.size() || !util::is_digit(text[at])) return false;
  while (at < text.size() && (util::is_digit(text[at]) || text[at] == '_')) ++at;
  int groups = 0;
  for (; at < text.size() && text[at] == ':'; ++groups) {
    ++at;
    const bool two = at + 1 < text.size() && text[at] >= '0' && text[at] <= '5' && util::is_digit(text[at + 1]);
    if (at >= text.size() || !util::is_digit(text[at])) return false;
    at += two ? 2 : 1;
  }
  if (groups == 0) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    while (at < text.size() && (util::is_digit(text[at]) || text[at] == '_')) ++at;
  }
  return at == text.size();
}

bool is_old_boolean(std::string_view text) {
  return any_of(text, {"y", "yes", "on", "n", "no", "off"});
}

}  // namespace gpuctl::chart
