#pragma once

#include <string>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// As sigs.k8s.io/yaml marshals it, over JSON: with a line end at the end. Throws CallError with its words.
std::string to_yaml(const Value&);

/// As go-yaml's third version writes it with an indent of two, straight from the value: lists are indented too.
std::string to_yaml_pretty(const Value&);

}  // namespace gpuctl::chart
