#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chart/package/chart.hpp"
#include "chart/render/engine.hpp"
#include "chart/render/manifests.hpp"
#include "chart/values/capabilities.hpp"

namespace gpuctl::chart {

/// What a release is made of, beside its chart.
struct ReleaseRequest {
  std::string name;
  std::string name_space;
  int revision = 1;
  bool is_upgrade = false;
  std::shared_ptr<Map> values = std::make_shared<Map>();  ///< the user's
  Capabilities capabilities;
  bool skip_schema = false;
  bool subchart_notes = false;
};

/// A chart, rendered for a release.
struct Rendered {
  std::vector<CrdFile> crds;  ///< files of the chart tree
  std::vector<Manifest> manifests;
  std::vector<Hook> hooks;
  std::string notes;
  std::shared_ptr<Map> values;  ///< coalesced
};

/// Renders a chart as `helm template` does: dependencies processed, values coalesced and held against the schemas,
/// templates executed, the output sorted. Changes the tree. Throws core::Error{invalid} with Helm's words.
Rendered render_release(ChartTree& chart, const ReleaseRequest& request, const Surroundings& world);

/// Throws core::Error{usage} where Helm takes no release of that name.
void check_release_name(const std::string& name);

/// Throws core::Error{invalid} where a chart cannot be installed: a library, or one whose dependencies are not there.
void check_installable(const Chart& chart);

}  // namespace gpuctl::chart
