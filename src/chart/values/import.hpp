#pragma once

#include "chart/package/chart.hpp"

namespace gpuctl::chart {

/// Makes what `import-values` names of the charts below part of each chart's own values, which win over it.
void import_values(Chart& chart, const Warn& warn);

}  // namespace gpuctl::chart
