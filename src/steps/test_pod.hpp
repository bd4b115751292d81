#pragma once

#include <utility>

#include "core/probe.hpp"
#include "steps/cluster.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// A pod that is run once on a node and has to come to its end with what its log must say: the proof that workloads get
/// the GPU. The scheduler places it, as it would any other.
class TestPod {
 public:
  static constexpr std::string_view kind = "test_pod";
  static constexpr std::string_view doc = "a pod that runs once on the node, with what its log must say";
  static constexpr bool proof = true;
  static constexpr Scope scope = Scope::node;
  static constexpr auto settle = std::chrono::minutes(10);
  static Kinds stands_on() {
    return {"driver",        "apt_packages", "container_runtime", "service",        "node",        "namespace",
            "runtime_class", "manifests",    "rollout",           "cluster_policy", "gpu_capacity"};
  }
  static TestPod from(core::Params& params);

  /// `ml/gpu-test on k3s-gpu-worker (creates a pod, and removes it)`.
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts&) const { return {proof_}; }
  core::Change plan(const core::Facts& known) const;

 private:
  std::string pod() const;
  std::string pod_words() const { return "-n " + proof_.pod.namespace_ + " " + proof_.pod.name; }
  core::Change not_asked() const;
  void plan_made(Draft&) const;
  void plan_placed(Draft&) const;
  void plan_ended(Draft&) const;
  void plan_log(Draft&, const std::string& text) const;

  core::PodProof proof_;
  std::string node_;
  std::vector<std::string> log_;
};

}  // namespace gpuctl::steps
