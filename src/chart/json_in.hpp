#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// What is wrong with a text that should have been JSON, in the words of encoding/json.
struct JsonError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A number that is too large: what holds it was read all the same, with nil in its place.
struct JsonRangeError : JsonError {
  JsonRangeError(const std::string& what, Value held) : JsonError(what), read(std::move(held)) {}
  Value read;
};

/// What encoding/json calls a value in its errors: `array`, `number`.
std::string json_kind(const Value& value);

/// As json.Unmarshal into an interface {}: every number is a float64. Throws JsonError.
Value from_json(std::string_view text);

/// As json.Unmarshal into a map[string]interface {} and a []interface {}. Throws JsonError.
Value map_from_json(std::string_view text);
Value list_from_json(std::string_view text);

/// The value where json.Unmarshal puts it into a map[string]interface {}: null is the nil map. Throws JsonError for
/// other kinds.
Value as_map(const Value& value);
/// The same for a []interface {}.
Value as_list(const Value& value);

}  // namespace gpuctl::chart
