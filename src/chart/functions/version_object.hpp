#pragma once

#include "chart/value.hpp"

namespace gpuctl::chart {

/// What a template sees of a *semver.Version in which nothing was set: 0.0.0.
Value empty_version();

}  // namespace gpuctl::chart
