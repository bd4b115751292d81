#pragma once

#include <string>
#include <vector>

#include "core/node.hpp"

namespace gpuctl::yaml {

/// One YAML document as a located tree. Plain scalars: true/false are booleans, and nothing else is; integers, floats,
/// null and ~ as in YAML's core schema. Throws core::Error{invalid} at file:line:column: syntax, tabs, duplicate keys,
/// a second document, an alias bomb, deep nesting (over 64), over 1 MiB.
core::Node parse(const std::string& text, const std::string& file);

/// The documents of a text, those without content left out. The limits hold for all of them together.
std::vector<core::Node> parse_all(const std::string& text, const std::string& file);

}  // namespace gpuctl::yaml
