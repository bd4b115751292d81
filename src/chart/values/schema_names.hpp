#pragma once

#include <string>
#include <vector>

namespace gpuctl::chart {

/// Whether a schema says something of the value at a path. One that cannot be read says nothing.
bool schema_names(const std::string& schema, const std::vector<std::string>& path);

}  // namespace gpuctl::chart
