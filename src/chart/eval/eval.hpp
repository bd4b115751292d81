#pragma once

#include <string>
#include <string_view>

#include "chart/render/engine.hpp"

namespace gpuctl::chart {

/// Answers a line of JSON, `{"id", "mode", "numbers", "template", "data"}`, with `{"id", "out"}` or `{"id", "error"}`
/// and a newline. Modes are `go` (text/template with Sprig, `<no value>` kept), `helm` (the data is what a file of a
/// chart sees as its dot) and `set`, `set-string`, `set-literal` (the template is that flag's text). Throws nothing but
/// bad_alloc.
std::string evaluated(std::string_view line, const Surroundings& world);

}  // namespace gpuctl::chart
