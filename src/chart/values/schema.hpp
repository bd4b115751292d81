#pragma once

#include <string>

#include "chart/package/chart.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

/// Holds the coalesced values of a chart and of each chart below against their values.schema.json. Throws
/// core::Error{invalid} with all that is wrong, chart by chart. Parts of a schema that cannot be checked are warned of.
void check_schemas(const Chart& chart, const Map& values, const Warn& warn);

/// What is wrong with `values`, a line each with where; empty where nothing is.
std::string schema_faults(const std::string& schema, const Map& values, const Warn& warn);

}  // namespace gpuctl::chart
