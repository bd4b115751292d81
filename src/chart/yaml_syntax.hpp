#pragma once

#include <string>
#include <string_view>

#include "chart/value.hpp"
#include "chart/yaml_nodes.hpp"

namespace gpuctl::chart {

/// What go-yaml v2 reads a scalar's node for. Throws YamlError: its tag says what it is not.
Value scalar_of(const YamlNode& scalar);
/// Whether a mapping's key stands for what is merged into it.
bool is_merge(const YamlNode& key);

/// What Go's %#v writes for nothing within something.
inline constexpr std::string_view no_value = "interface {}(nil)";
/// Go's %#v of a scalar.
std::string go_syntax(const Value& scalar);
/// Go's %#v of what go-yaml reads a node for; its anchors hold no node that holds them.
std::string go_syntax(const YamlNode& node);

}  // namespace gpuctl::chart
