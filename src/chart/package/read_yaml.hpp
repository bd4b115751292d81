#pragma once

#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// from_yaml_whole, for Fields; its error is thrown as core::Error{invalid}.
Value read_yaml(std::string_view text);

}  // namespace gpuctl::chart
