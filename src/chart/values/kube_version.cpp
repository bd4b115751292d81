#include "chart/values/kube_version.hpp"

#include <fmt/core.h>

#include <charconv>

#include "chart/go/quote.hpp"
#include "core/error.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

/// The numbers at the front, parted by dots.
std::string_view numbers_of(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && util::is_digit(text[end])) {
    while (end < text.size() && util::is_digit(text[end])) ++end;
    if (end + 1 >= text.size() || text[end] != '.' || !util::is_digit(text[end + 1])) break;
    ++end;
  }
  return text.substr(0, end);
}

}  // namespace

KubeVersion parse_kube_version(const std::string& text) {
  const auto refuse = [&](const std::string& why) {
    throw core::Error(core::ErrorKind::usage, fmt::format("invalid kube version '{}': {}", text, why));
  };
  std::string_view rest = text;
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n\f\r"), rest.size()));
  if (rest.starts_with('v')) rest.remove_prefix(1);
  const auto numbers = numbers_of(rest);
  if (numbers.empty()) refuse(fmt::format("could not parse {} as version", go::quoted(text)));
  const auto parts = util::split(numbers, '.');
  if (parts.size() < 2) refuse(fmt::format("illegal version string {}", go::quoted(text)));
  if (parts[0].starts_with('0') && parts[0] != "0")
    refuse(fmt::format("illegal zero-prefixed version component {} in {}", go::quoted(parts[0]), go::quoted(text)));
  KubeVersion out;
  out.version = text.starts_with('v') ? text : "v" + text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::uint64_t number = 0;
    const auto& part = parts[i];
    if (std::from_chars(part.data(), part.data() + part.size(), number).ec != std::errc())
      refuse(
          fmt::format("illegal non-numeric version component {0} in {1}: strconv.ParseUint: parsing {0}: value out of "
                      "range",
                      go::quoted(part), go::quoted(text)));
    out.normalized += fmt::format("{}{}", i == 0 ? "v" : ".", number);
    if (i == 0) out.major = fmt::format("{}", number);
    if (i == 1) out.minor = fmt::format("{}", number);
  }
  return out;
}

}  // namespace gpuctl::chart
