#pragma once

#include <string>

#include "chart/release/select.hpp"

namespace gpuctl::cli {

/// What the verbs of `gpuctl release` are told, under the names that Helm's users know.
struct ReleaseArguments {
  std::string name;
  std::vector<std::string> names;  ///< that are uninstalled
  std::string name_space;          ///< empty: the kubeconfig's
  bool all_namespaces = false;
  std::string kubeconfig;
  std::string context;
  chart::release::Selection selection;
  std::size_t revisions = 256;  ///< of history
  int revision = 0;             ///< of status the last where it is 0, of rollback the one before
  bool dry_run = false, no_hooks = false, wait = false, force_conflicts = false, keep_history = false;
  bool ignore_absent = false, cleanup = false;
  std::string cascade = "background";
  std::string timeout = "5m";
  int history_max = 10;
  std::string description;
  std::string time_format;  ///< Go's layout; empty: in full
  std::string output = "table";
  bool names_only = false;
  bool no_headers = false;
};

}  // namespace gpuctl::cli
