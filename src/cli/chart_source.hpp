#pragma once

#include <memory>
#include <string>

#include "chart/package/chart.hpp"
#include "chart/source/remote.hpp"
#include "chart/values/options.hpp"
#include "cli/arguments.hpp"
#include "cli/world.hpp"

namespace gpuctl::cli {

/// Charts from elsewhere, made when one is first wanted.
class ChartSource {
 public:
  ChartSource(const ChartArguments& arguments, World& world) : arguments_(arguments), world_(world) {}

  /// Finds the chart that the command line names, and fetches it where it is not on the disk. Throws core::Error.
  void locate();
  /// The chart that was found, loaded.
  std::unique_ptr<chart::ChartTree> load(const chart::Warn& warn) const;

  chart::Files files() const;

  /// Where it lies on the disk; empty: it was fetched.
  const std::string& path() const { return path_; }
  /// Fetches what its folder depends on.
  void update_dependencies(const chart::Warn& say);

  /// What reads values from addresses.
  chart::ReadAddress values();
  chart::Remote& remote();

 private:
  const ChartArguments& arguments_;
  World& world_;
  std::unique_ptr<chart::Remote> remote_;
  std::string path_;  ///< on the disk
  chart::FetchedChart fetched_;
};

}  // namespace gpuctl::cli
