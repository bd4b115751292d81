#pragma once

#include <string>
#include <vector>

#include "chart/package/disk.hpp"
#include "chart/render/release.hpp"

namespace gpuctl::chart {

/// What is said of a chart.
struct LintMessage {
  enum class Severity : std::uint8_t { info, warning, error } severity = Severity::info;
  std::string path;
  std::string text;

  std::string line() const;  ///< `[WARNING] templates/: directory does not exist`
};

/// What `helm lint` says of the chart at `path` with the request's values and capabilities. Throws core::Error{invalid}
/// where there is no chart.
std::vector<LintMessage> lint(Disk& disk, const std::string& path, const ReleaseRequest& request,
                              const Surroundings& world);

}  // namespace gpuctl::chart
