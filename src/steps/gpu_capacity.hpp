#pragma once

#include "steps/cluster.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// The GPUs that a node offers to pods: as many as declared, of the declared product. None is never a success.
class GpuCapacity {
 public:
  static constexpr std::string_view kind = "gpu_capacity";
  static constexpr std::string_view doc = "the GPUs that a node offers to pods: their count, product and memory";
  static constexpr Scope scope = Scope::node;
  static constexpr auto settle = std::chrono::minutes(5);
  static Kinds stands_on() {
    return {"driver",    "apt_packages", "container_runtime", "service", "runtime_class",
            "manifests", "rollout",      "cluster_policy",    "node"};
  }
  static GpuCapacity from(core::Params& params);

  /// `nvidia.com/gpu: 1 on k3s-gpu-worker`.
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  Finding count_holds(const core::Facts&) const;
  Finding product_holds(const core::Facts&) const;
  Finding memory_holds(const core::Facts&) const;
  void add(Draft&, const std::vector<std::string>& fields, const std::string& what,
           Finding (GpuCapacity::*holds)(const core::Facts&) const) const;
  bool all_hold(const core::Facts&) const;

  std::string node_;
  std::string resource_;
  std::int64_t count_ = 0;
  std::string product_;      ///< empty: any
  std::int64_t memory_ = 0;  ///< MiB; 0: any
};

}  // namespace gpuctl::steps
