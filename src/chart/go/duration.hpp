#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gpuctl::chart::go {

/// time.Duration's String, of nanoseconds: `1h30m0s`, `1.5ms`.
std::string duration_text(std::int64_t nanoseconds);

/// time.ParseDuration: nanoseconds, or in `error` what is wrong in Go's words.
std::optional<std::int64_t> parse_duration(std::string_view text, std::string* error = nullptr);

/// The multiple of `unit` nearest to it, half-way ones away from zero.
std::int64_t rounded_duration(std::int64_t nanoseconds, std::int64_t unit);

}  // namespace gpuctl::chart::go
