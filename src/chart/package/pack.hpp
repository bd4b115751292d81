#pragma once

#include <string>

#include "chart/package/file.hpp"

namespace gpuctl::chart {

/// Files of a chart as a .tgz, in a folder of the chart's name: the same files give the same bytes. read_archive reads
/// it, and so does Helm.
std::string pack(const std::string& name, const Files& files);

}  // namespace gpuctl::chart
