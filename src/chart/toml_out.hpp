#pragma once

#include <string>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// As BurntSushi's library encodes it: keys of a table before its tables, each sorted, tables indented. Throws
/// CallError in its words for what TOML cannot hold.
std::string to_toml(const Value&);

/// A part of a key, in quotes where it needs them.
std::string toml_key(const std::string& key);

}  // namespace gpuctl::chart
