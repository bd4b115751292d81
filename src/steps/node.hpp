#pragma once

#include <utility>

#include "core/action.hpp"
#include "steps/cluster.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// A host as a node of the cluster: its labels and taints, that it is Ready, and what feature discovery found on it.
class Node {
 public:
  static constexpr std::string_view kind = "node";
  static constexpr std::string_view doc =
      "a node's labels and taints, that it is Ready, and the labels that feature discovery must have added";
  static constexpr Scope scope = Scope::node;
  static constexpr auto settle = std::chrono::minutes(5);
  static Kinds stands_on() {
    return {"driver", "container_runtime", "service", "manifests", "cluster_policy", "rollout"};
  }
  static Node from(core::Params& params);

  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  void plan_labels(Draft&) const;
  void plan_taint(Draft&, const core::KubeTaint&) const;
  void plan_ready(Draft&) const;
  void plan_expected(Draft&) const;
  Finding expected_holds(const core::Facts&) const;
  std::vector<std::string> missing(const core::Facts&, const Labels&) const;
  std::size_t discovered(const core::Facts&) const;

  std::string node_;
  Labels labels_;
  std::vector<core::KubeTaint> taints_;
  bool force_ = false;
  Labels expected_;
  std::int64_t at_least_ = 0;
};

}  // namespace gpuctl::steps
