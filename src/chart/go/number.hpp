#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gpuctl::chart::go {

/// strconv.ParseUint(text, 0, 64): a prefix says the base, underscores may part digits. Empty where it fails.
std::optional<std::uint64_t> parse_uint(std::string_view text);
/// strconv.ParseInt(text, 0, 64).
std::optional<std::int64_t> parse_int(std::string_view text);
/// strconv.ParseFloat(text, 64); empty also where it overflows.
std::optional<double> parse_float(std::string_view text);

/// strconv.FormatFloat(number, verb, precision, 64); a negative precision is the least that reads back as the number.
std::string format_float(double number, char verb, int precision);

}  // namespace gpuctl::chart::go
