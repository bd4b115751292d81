#pragma once

#include <cstdint>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// What a template sees of a time.Duration, in nanoseconds.
Value duration_value(std::int64_t nanoseconds);
/// The nanoseconds of an argument whose parameter is a time.Duration: one, or a number that stands in the template.
std::int64_t duration_of(const Value& argument);

}  // namespace gpuctl::chart
