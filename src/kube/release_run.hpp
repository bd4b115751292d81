#pragma once

#include <string>
#include <vector>

#include "core/helm.hpp"
#include "kube/cluster.hpp"
#include "kube/release_store.hpp"

namespace gpuctl::kube {

/// Performs one change of a release, in Helm's order: noted as pending, the hooks before, the objects, the hooks after,
/// noted as deployed. What fails is noted, and undone where the change says how.
class ReleaseRun {
 public:
  ReleaseRun(Cluster& cluster, Api& api, const core::HelmChange& change);

  /// Empty: done; else what failed, and what became of the release.
  std::string run();

 private:
  std::string make();
  std::string uninstall();
  std::string take_back();
  std::string undo();

  void begin();
  void note(const std::string& status, const std::string& description);
  std::string hooks(const std::vector<core::HelmHook>&);
  std::string apply_all();
  std::string remove_all();
  std::string await_ready();
  std::string await_gone();
  std::string migrate(const core::KubeApply&);
  core::HelmNews news(const std::string& status, const std::string& description);

  Cluster& cluster_;
  Api& api_;
  const core::HelmChange& change_;
  ReleaseStore store_;
  core::SecretObject secret_;  ///< of the revision that is made
  std::vector<core::HelmHookRun> ran_;
};

}  // namespace gpuctl::kube
