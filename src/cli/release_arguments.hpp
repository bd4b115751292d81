#pragma once

#include <string>

#include "chart/release/select.hpp"

namespace gpuctl::cli {

/// What `gpuctl release list`, `status` and `history` are told, under the names that Helm's users know.
struct ReleaseArguments {
  std::string name;
  std::string name_space;  ///< empty: the kubeconfig's
  bool all_namespaces = false;
  std::string kubeconfig;
  std::string context;
  chart::release::Selection selection;
  std::size_t revisions = 256;  ///< of history
  int revision = 0;             ///< of status; 0: the last
  std::string output = "table";
  bool names_only = false;
  bool no_headers = false;
};

}  // namespace gpuctl::cli
