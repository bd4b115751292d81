#pragma once

#include <memory>

#include "chart/package/file.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

/// `.Files`: a map of paths to bytes with Get, GetBytes, Glob, AsConfig, AsSecrets and Lines.
Value files_value(const std::shared_ptr<const Files>& files);

}  // namespace gpuctl::chart
