#pragma once

#include <string>
#include <vector>

#include "chart/release/release.hpp"
#include "core/ports.hpp"

namespace gpuctl::steps {

/// An object of a release, or a pod of one of its workloads, as the cluster has it.
struct Resource {
  core::KubeRef object;
  std::string state;  ///< in one line: `there`, `absent`, `2 of 3 available`, why it could not be read
};

/// In the manifest's order, and after a workload its pods. Throws Error{invalid}: the manifest holds what is no object.
std::vector<Resource> resources_of(const chart::release::Release&, core::Observer& cluster);

}  // namespace gpuctl::steps
