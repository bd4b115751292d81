#pragma once

#include <string>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::registry {

/// A field of a JSON object; null where there is none, or no object.
const chart::Value* field(const chart::Value* object, std::string_view name);
/// The same, where it is a text; else the empty one.
std::string text(const chart::Value* object, std::string_view name);

/// A text as JSON. Throws core::Error{failed}: `what` is not JSON.
chart::Value json(const std::string& text, const std::string& what);

}  // namespace gpuctl::registry
