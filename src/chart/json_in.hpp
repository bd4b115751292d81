#pragma once

#include <stdexcept>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// What is wrong with a text that should have been JSON, in the words of encoding/json.
struct JsonError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// As json.Unmarshal into an interface {}: every number is a float64. Throws JsonError.
Value from_json(std::string_view text);

/// The value where json.Unmarshal puts it into a map[string]interface {}: null is the nil map. Throws JsonError for
/// other kinds.
Value as_map(const Value& value);
/// The same for a []interface {}.
Value as_list(const Value& value);

}  // namespace gpuctl::chart
