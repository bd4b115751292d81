#pragma once

#include <string>

#include "chart/package/disk.hpp"
#include "chart/package/file.hpp"

namespace gpuctl::chart {

/// The files of a chart's folder that its .helmignore lets through, in the order of their paths, links followed. Throws
/// core::Error{invalid}.
Files read_folder(Disk& disk, const std::string& folder);

}  // namespace gpuctl::chart
