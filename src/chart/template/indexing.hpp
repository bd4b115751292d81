#pragma once

#include <span>

#include "chart/value.hpp"

namespace gpuctl::chart {

// index and len of Go's text/template. Each throws CallError.

Value indexed(Value item, std::span<const Value> indexes);
std::int64_t length(const Value& item);

}  // namespace gpuctl::chart
