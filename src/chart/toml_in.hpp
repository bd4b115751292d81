#pragma once

#include <stdexcept>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

struct TomlError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The map that a TOML text holds: integers are int64, dates are texts. Throws TomlError with the line.
Value from_toml(std::string_view text);

}  // namespace gpuctl::chart
