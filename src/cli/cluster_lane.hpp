#pragma once

#include "engine/task.hpp"

namespace gpuctl::cli {

/// The cluster, for a verb that has no playbook.
inline engine::Lane cluster_lane() {
  engine::Lane out;
  out.cluster = true;
  return out;
}

}  // namespace gpuctl::cli
