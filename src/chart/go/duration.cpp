#include "chart/go/duration.hpp"

#include <algorithm>

#include "chart/go/quote.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart::go {

namespace {

constexpr std::uint64_t limit = std::uint64_t{1} << 63;

/// `number` counted in units that have so many decimal places, without zeros at the end.
std::string with_fraction(std::uint64_t number, int places) {
  std::string fraction;
  for (int i = 0; i < places; ++i, number /= 10) {
    const char digit = static_cast<char>('0' + number % 10);
    if (digit != '0' || !fraction.empty()) fraction.insert(fraction.begin(), digit);
  }
  return std::to_string(number) + (fraction.empty() ? "" : "." + fraction);
}

std::uint64_t unit_of(std::string_view name) {
  constexpr std::pair<std::string_view, std::uint64_t> units[] = {
      {"ns", 1},       {"us", 1000},      {"\xc2\xb5s", 1000}, {"\xce\xbcs", 1000},
      {"ms", 1000000}, {"s", 1000000000}, {"m", 60000000000},  {"h", 3600000000000}};
  for (const auto& [known, size] : units)
    if (name == known) return size;
  return 0;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : whole_(text), rest_(text) {}

  std::string error;

  std::optional<std::int64_t> parsed() {
    const bool negative = rest_.starts_with('-');
    if (negative || rest_.starts_with('+')) rest_.remove_prefix(1);
    if (rest_ == "0") return 0;
    if (rest_.empty()) return invalid();
    while (!rest_.empty())
      if (!part()) return std::nullopt;
    if (negative) return static_cast<std::int64_t>(0 - sum_);
    if (sum_ >= limit) return invalid();
    return static_cast<std::int64_t>(sum_);
  }

 private:
  std::nullopt_t invalid(const std::string& what = "invalid duration") {
    error = "time: " + what + " " + quoted(whole_);
    return std::nullopt;
  }

  bool part() {
    if (rest_[0] != '.' && !util::is_digit(rest_[0])) return invalid(), false;
    std::uint64_t whole = 0, fraction = 0;
    double scale = 1;
    bool digits = false;
    for (; !rest_.empty() && util::is_digit(rest_[0]); rest_.remove_prefix(1), digits = true) {
      if (whole > limit / 10) return invalid(), false;
      whole = whole * 10 + static_cast<std::uint64_t>(rest_[0] - '0');
      if (whole > limit) return invalid(), false;
    }
    if (rest_.starts_with('.')) {
      rest_.remove_prefix(1);
      for (; !rest_.empty() && util::is_digit(rest_[0]); rest_.remove_prefix(1), digits = true) {
        if (fraction > (limit - 1) / 10) continue;
        fraction = fraction * 10 + static_cast<std::uint64_t>(rest_[0] - '0');
        scale *= 10;
      }
    }
    if (!digits) return invalid(), false;
    return add(whole, fraction, scale);
  }

  bool add(std::uint64_t whole, std::uint64_t fraction, double scale) {
    const auto end = std::find_if(rest_.begin(), rest_.end(), [](char c) { return c == '.' || util::is_digit(c); });
    const auto name = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(name.size());
    if (name.empty()) return invalid("missing unit in duration"), false;
    const auto unit = unit_of(name);
    if (unit == 0) return invalid("unknown unit " + quoted(name) + " in duration"), false;
    if (whole > limit / unit) return invalid(), false;
    whole *= unit;
    whole += static_cast<std::uint64_t>(static_cast<double>(fraction) * (static_cast<double>(unit) / scale));
    if (whole > limit) return invalid(), false;
    sum_ += whole;
    if (sum_ > limit) return invalid(), false;
    return true;
  }

  std::string_view whole_, rest_;
  std::uint64_t sum_ = 0;
};

}  // namespace

std::string duration_text(std::int64_t nanoseconds) {
  const bool negative = nanoseconds < 0;
  const std::uint64_t size =
      negative ? 0 - static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
  const std::string sign = negative ? "-" : "";
  if (size == 0) return "0s";
  if (size < 1000) return sign + std::to_string(size) + "ns";
  if (size < 1000000) return sign + with_fraction(size, 3) + "\xc2\xb5s";
  if (size < 1000000000) return sign + with_fraction(size, 6) + "ms";
  const std::uint64_t minutes = size / 60000000000, rest = size % 60000000000;
  std::string out = sign;
  if (minutes >= 60) out += std::to_string(minutes / 60) + "h";
  if (minutes > 0) out += std::to_string(minutes % 60) + "m";
  return out + with_fraction(rest, 9) + "s";
}

std::optional<std::int64_t> parse_duration(std::string_view text, std::string* error) {
  Parser parser(text);
  const auto result = parser.parsed();
  if (error) *error = parser.error;
  return result;
}

std::int64_t rounded_duration(std::int64_t nanoseconds, std::int64_t unit) {
  if (unit <= 0) return nanoseconds;
  const std::int64_t rest = nanoseconds % unit;
  const std::int64_t size = rest < 0 ? -rest : rest;
  const std::int64_t down = nanoseconds - rest;
  if (size + size < unit) return down;
  std::int64_t up = 0;
  if (__builtin_add_overflow(down, rest < 0 ? -unit : unit, &up)) return nanoseconds < 0 ? INT64_MIN : INT64_MAX;
  return up;
}

}  // namespace gpuctl::chart::go
