#pragma once

#include <string_view>

#include "chart/yaml_scalar.hpp"

namespace gpuctl::chart {

/// go-yaml's order of keys: letters behind all else, numbers within a text by their size.
bool natural_less(std::string_view a, std::string_view b, GoYaml version);

}  // namespace gpuctl::chart
