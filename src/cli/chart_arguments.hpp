#pragma once

#include <string>
#include <vector>

#include "chart/values/options.hpp"

namespace gpuctl::cli {

/// What `gpuctl chart template`, `values` and `lint` are told, under the names that Helm's users know.
struct ChartArguments {
  std::vector<std::string> positional;  ///< [NAME] CHART; of lint the charts
  std::string name_space = "default";
  std::string name_template;
  bool generate_name = false;
  chart::ValueOptions values;
  bool include_crds = false;
  bool skip_crds = false;  ///< changes nothing, as in helm template
  bool no_hooks = false;
  bool skip_tests = false;
  bool is_upgrade = false;
  std::string kube_version;
  std::vector<std::string> api_versions;
  std::vector<std::string> show_only;
  bool skip_schema = false;
  bool strict = false;
  bool quiet = false;
  bool with_subcharts = false;
};

}  // namespace gpuctl::cli
