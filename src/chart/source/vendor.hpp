#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "chart/package/chart.hpp"
#include "chart/package/disk.hpp"
#include "chart/source/lock.hpp"
#include "chart/source/remote.hpp"

namespace gpuctl::chart {

/// What is to be written so that a chart has its dependencies. Nothing was written yet.
struct Vendored {
  Files charts;                                             ///< for charts/
  std::vector<std::string> outdated;                        ///< files of charts/ that are to go
  std::optional<std::pair<std::string, std::string>> lock;  ///< a file of the chart and its text, where it changes
};

/// Brings what a chart's folder says that it depends on, in Helm's ways and words.
class Vendoring {
 public:
  /// `say` is told each line that Helm prints.
  Vendoring(Disk& disk, Remote& remote, std::string folder, Warn say);

  /// By Chart.yaml: the newest versions in its ranges, and a new lock. `now` is the time as a lock has it. Throws
  /// core::Error.
  Vendored update(const std::string& now);
  /// By Chart.lock, which must be that of Chart.yaml; without one as update.
  Vendored build(const std::string& now);

 private:
  std::string lock_name() const;
  std::optional<Lock> lock();
  void name_repositories();
  Dependency resolved(const Dependency& wanted);
  std::string local(const std::string& repository) const;
  std::unique_ptr<ChartTree> load(const std::string& path);
  Vendored brought(std::vector<Dependency>& locked);
  void bring(Dependency& locked, Vendored& out);
  void check_here(const Dependency& dependency);
  void find_outdated(const std::vector<Dependency>& locked, Vendored& out);

  Disk& disk_;
  Remote& remote_;
  std::string folder_;
  Warn say_;
  std::unique_ptr<ChartTree> chart_;
  Dependencies wanted_;
  std::vector<std::string> fetched_;
};

/// How each of a chart's dependencies stands, as `helm dependency list` has it: a chart's name, version, repository and
/// `ok`, `missing`, `unpacked`, …
std::vector<std::vector<std::string>> dependency_rows(Disk& disk, const std::string& path, const Chart& chart);
/// What charts/ has that Chart.yaml does not name, and what there is no chart.
std::vector<std::string> stray_charts(Disk& disk, const std::string& path, const Chart& chart);

}  // namespace gpuctl::chart
