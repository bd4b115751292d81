#pragma once

#include "chart/package/chart.hpp"

namespace gpuctl::chart {

/// Brings the charts that a chart depends on into the state in which they are rendered: aliases get their copies,
/// disabled ones (conditions, tags) are taken out, and values that a parent imports are made its defaults. Throws
/// core::Error{invalid}.
void process_dependencies(ChartTree& tree, const Map& user, const Warn& warn);

/// Throws core::Error{invalid} where the chart names a dependency that is not in its charts/.
void check_dependencies(const Chart& chart);

/// The dependencies of a chart that charts/ lacks.
std::vector<std::string> missing_dependencies(const Chart& chart);

}  // namespace gpuctl::chart
