#pragma once

#include <string>

#include "core/node.hpp"

namespace gpuctl::yaml {

/// What a plain scalar stands for: null (nothing, `~`, `null`), a boolean (`true` and `false`), a whole or other number
/// as YAML's core schema writes them, else a string: so are `yes`, `no`, `on` and `off`. The text is kept as source;
/// the place is left empty.
core::Node plain_scalar(const std::string& text);

}  // namespace gpuctl::yaml
