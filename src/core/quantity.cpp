#include "core/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace gpuctl::core {

namespace {

struct Suffix {
  std::string_view text;
  double factor;
};
constexpr std::array<Suffix, 16> suffixes{{{"Ki", 1024.0},
                                           {"Mi", 1048576.0},
                                           {"Gi", 1073741824.0},
                                           {"Ti", 1099511627776.0},
                                           {"Pi", 1125899906842624.0},
                                           {"Ei", 1152921504606846976.0},
                                           {"n", 1e-9},
                                           {"u", 1e-6},
                                           {"m", 1e-3},
                                           {"k", 1e3},
                                           {"M", 1e6},
                                           {"G", 1e9},
                                           {"T", 1e12},
                                           {"P", 1e15},
                                           {"E", 1e18},
                                           {"", 1.0}}};

constexpr std::array<std::string_view, 8> holders{"/limits/", "/requests/", "/capacity/", "/allocatable/",
                                                  "/hard/",   "/used/",     "/overhead/", "/sizeLimit"};

}  // namespace

std::optional<double> quantity(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const auto suffix = std::ranges::find(suffixes, rest, &Suffix::text);
  if (suffix == suffixes.end()) return std::nullopt;
  return number * suffix->factor;
}

bool same_quantity(const std::string& a, const std::string& b) {
  const auto first = quantity(a);
  const auto second = quantity(b);
  if (!first || !second) return false;
  return std::abs(*first - *second) <= 1e-9 * std::max(std::abs(*first), std::abs(*second));
}

bool is_quantity_field(const std::string& pointer) {
  return std::ranges::any_of(holders, [&](std::string_view part) { return pointer.find(part) != std::string::npos; });
}

}  // namespace gpuctl::core
