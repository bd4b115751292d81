#pragma once

#include <string>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// What is wrong with a Chart.yaml only where it is read strictly, as Helm says it: keys that stand twice, or else the
/// first that is none of a chart's; empty where nothing is. `raw` is what the text holds.
std::string strict_fault(const std::string& text, const Value& raw);

}  // namespace gpuctl::chart
