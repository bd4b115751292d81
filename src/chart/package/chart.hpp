#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chart/package/file.hpp"
#include "chart/package/metadata.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

/// What is said to the user and stops nothing.
using Warn = std::function<void(const std::string&)>;

/// A chart and what it depends on. Copies are cheap; charts of one tree point to each other, and the tree owns them.
struct Chart {
  std::shared_ptr<Metadata> metadata;
  std::shared_ptr<Map> values = std::make_shared<Map>();
  std::optional<std::string> schema;
  std::shared_ptr<const Files> templates;
  std::shared_ptr<const Files> files;
  std::vector<Chart*> dependencies;
  const Chart* parent = nullptr;

  const std::string& name() const { return metadata->name; }
  bool is_root() const { return parent == nullptr; }
  /// `root/charts/sub`.
  std::string full_path() const;
  void depend_on(std::vector<Chart*> charts);
};

/// A loaded chart with all that it vendors, and the copies that aliases make.
class ChartTree {
 public:
  Chart& root() const { return *root_; }
  Chart& add(Chart chart) {
    all_.push_back(std::move(chart));
    return all_.back();
  }
  void set_root(Chart& chart) { root_ = &chart; }

 private:
  std::deque<Chart> all_;  // what is in a deque stays where it is
  Chart* root_ = nullptr;
};

/// A file of crds/, and how `# Source:` names it.
struct CrdFile {
  std::string source;
  const File* file = nullptr;
};

/// Those of the chart and of what it depends on, in Helm's order.
std::vector<CrdFile> crd_files(const Chart& chart);

}  // namespace gpuctl::chart
