#pragma once

#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/host.hpp"

namespace gpuctl::core {

/// The cluster of a playbook, and how its API server is reached.
struct Cluster {
  std::string kubeconfig;       ///< a path, with `through` on that host; empty: the usual places
  std::string context;          ///< empty: the kubeconfig's current one
  std::optional<Host> through;  ///< the host whose SSH connection leads to the API server
  Where where;                  ///< of `cluster` in the playbook
};

}  // namespace gpuctl::core
