#pragma once

#include <functional>
#include <string>
#include <vector>

#include "chart/value.hpp"
#include "chart/values/kube_version.hpp"

namespace gpuctl::chart {

/// What the cluster can do, for `.Capabilities`.
struct Capabilities {
  KubeVersion kube;
  std::vector<std::string> api_versions;  ///< `apps/v1`, `apps/v1/Deployment`
  /// Hears what of it a rendering reads: `kube v1.35.0`, `api apps/v1 true`, `apis …` of all of them.
  std::function<void(const std::string&)> read;
};

/// What Helm says where there is no cluster: the Kubernetes that it was made for and the groups that it knows.
Capabilities default_capabilities();

/// The pointer to a struct that templates see.
Value capabilities_value(const Capabilities& capabilities);

}  // namespace gpuctl::chart
