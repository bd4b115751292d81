#pragma once

#include "chart/function.hpp"

namespace gpuctl::chart {

/// All of Sprig's functions for text, without Helm's changes.
const Functions& sprig_functions();

/// What a chart's templates have beside text/template's own: Sprig less `env` and `expandenv`, and Helm's.
const Functions& helm_functions();

}  // namespace gpuctl::chart
