#pragma once

#include <memory>
#include <string>

#include "chart/package/chart.hpp"
#include "chart/package/disk.hpp"

namespace gpuctl::chart {

/// The chart in a folder or a .tgz. Throws core::Error{invalid} with Helm's words.
std::unique_ptr<ChartTree> load_chart(Disk& disk, const std::string& path, const Warn& warn);

/// The files of the chart in a folder, those aside that its .helmignore names, or in a .tgz. Throws likewise.
Files chart_files(Disk& disk, const std::string& path);

/// The files in the bytes of a .tgz; `name` is what they are called in errors.
Files packed_files(const std::string& bytes, const std::string& name);

/// The chart that the bytes of a .tgz are; `name` is what they are called in errors.
std::unique_ptr<ChartTree> load_packed(const std::string& bytes, const std::string& name, const Warn& warn);

/// The chart that these files are.
std::unique_ptr<ChartTree> load_files(Files files, const Warn& warn);

}  // namespace gpuctl::chart
