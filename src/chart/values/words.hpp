#pragma once

#include <string>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// A value as Go's fmt prints it for this verb: `%v`, `%t`.
std::string go_text(std::string_view verb, const Value& value);

}  // namespace gpuctl::chart
