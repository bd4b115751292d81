#pragma once

#include <string_view>

#include "chart/value.hpp"
#include "chart/yaml_nodes.hpp"

namespace gpuctl::chart {

/// The first document of a text as sigs.k8s.io/yaml unmarshals it: keys are texts, every number is a float64, of equal
/// keys the last wins. Throws YamlError in its words, such as
/// `error converting YAML to JSON: yaml: line 2: did not find expected key`.
Value from_yaml(std::string_view text);

/// The same before JSON has made a float64 of every number, for what is unmarshaled into texts: integers stay whole.
Value from_yaml_whole(std::string_view text);
/// The same of nodes that have been read.
Value from_yaml_whole(const YamlDocument& document);
/// What of such a value goes into an interface {}: every number a float64.
Value numbers_as_floats(const Value& value);

/// The same into a map[string]interface {}: an empty text gives the empty map, another kind is an error.
Value map_from_yaml(std::string_view text);
/// The same into a []interface {}.
Value list_from_yaml(std::string_view text);

}  // namespace gpuctl::chart
