#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "chart/source/access.hpp"
#include "chart/values/options.hpp"

namespace gpuctl::cli {

/// Where a chart that is not on the disk comes from.
struct ChartSourceArguments {
  std::string repository;
  std::string version;
  bool devel = false;
  chart::Access access;  ///< but for its password
  std::string password;
  bool skip_refresh = false;
  int fetch_timeout_s = 120;
};

/// What `gpuctl chart template`, `values` and `lint` are told, under the names that Helm's users know.
struct ChartArguments {
  std::vector<std::string> positional;  ///< [NAME] CHART; of lint the charts
  std::string name_space = "default";
  std::string name_template;
  bool generate_name = false;
  chart::ValueOptions values;
  ChartSourceArguments source;
  bool include_crds = false;
  bool skip_crds = false;  ///< changes nothing, as in helm template
  bool no_hooks = false;
  bool skip_tests = false;
  bool is_upgrade = false;
  std::string kube_version;
  std::vector<std::string> api_versions;
  std::vector<std::string> show_only;
  std::string output_dir;
  bool release_name = false;  ///< a folder of the release's name below `output_dir`
  bool skip_schema = false;
  bool strict = false;
  bool quiet = false;
  bool with_subcharts = false;
  bool dependency_update = false;
  std::size_t max_col_width = 80;  ///< of `dependency list`
};

}  // namespace gpuctl::cli
