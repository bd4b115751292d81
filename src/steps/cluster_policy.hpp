#pragma once

#include <optional>

#include "steps/cluster.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// NVIDIA's GPU operator says that it has done its work: its ClusterPolicy is Ready with reason Reconciled. Ready for
/// any other reason (it found no GPU node) is a failure. Where nothing but the operator's own validation is not ready,
/// that is a check of its own, `validator`, with the log of what fails: a `waive` step can name it.
class ClusterPolicy {
 public:
  static constexpr std::string_view kind = "cluster_policy";
  static constexpr std::string_view doc = "the GPU operator's ClusterPolicy is ready, because it did its work";
  static constexpr Scope scope = Scope::cluster;
  static constexpr auto settle = std::chrono::minutes(10);
  static Kinds stands_on() {
    return {"driver",    "apt_packages",  "container_runtime", "service", "node",
            "namespace", "runtime_class", "manifests",         "rollout"};
  }
  static ClusterPolicy from(core::Params& params);

  std::string title() const { return name_; }
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  core::KubeObject object() const;
  core::KubeList operators() const;
  core::KubeList validators(const core::Facts&) const;
  std::optional<core::KubeObject> plugin_config(const core::Facts&) const;
  void plan_plugin_config(Draft&) const;
  std::vector<core::Probe> logs(const core::Facts&) const;
  bool only_validation(const core::Facts&) const;
  std::string evidence(const core::Facts&) const;
  core::Outcome plan_policy(Draft&) const;
  Finding policy_holds(const core::Facts&) const;
  Finding validator_holds(const core::Facts&) const;

  std::string name_;
  std::string operator_namespace_;
};

}  // namespace gpuctl::steps
