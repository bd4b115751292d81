#pragma once

#include "chart/function.hpp"

namespace gpuctl::chart {

/// The functions of Go's text/template itself. `and`, `or` and `call` are in it for their names and parameters alone:
/// the executor does their work.
const Functions& builtin_functions();

}  // namespace gpuctl::chart
