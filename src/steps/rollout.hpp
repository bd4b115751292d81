#pragma once

#include "steps/cluster.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// Workloads, and whatever else says of itself that it is ready, are so. Nothing is changed, only waited for.
class Rollout {
 public:
  static constexpr std::string_view kind = "rollout";
  static constexpr std::string_view doc = "workloads and other objects have become ready";
  static constexpr Scope scope = Scope::cluster;
  static constexpr auto settle = std::chrono::minutes(10);
  static Kinds stands_on() {
    return {"driver",    "container_runtime", "service",       "node",
            "namespace", "manifests",         "runtime_class", "cluster_policy"};
  }
  static Rollout from(core::Params& params);

  /// `DaemonSet gpu-operator/nvidia-device-plugin-daemonset and 2 more`.
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  static Finding holds(const core::KubeRef&, const core::Facts&);
  static core::KubeList pods_of(const core::KubeRef&);
  static bool is_silent(const core::KubeRef&);

  std::vector<core::KubeRef> workloads_;
};

}  // namespace gpuctl::steps
