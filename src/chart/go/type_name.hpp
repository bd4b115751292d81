#pragma once

#include <string>

#include "chart/value.hpp"

namespace gpuctl::chart::go {

/// The Go type of a value, as %T and error messages have it; of nil `<nil>`.
std::string type_name(const Value& value);
/// Of a list with such elements, of a map.
std::string type_name(Element element);
std::string type_name(MapType type);

}  // namespace gpuctl::chart::go
