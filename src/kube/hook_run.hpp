#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/helm.hpp"
#include "core/helm_book.hpp"
#include "kube/cluster.hpp"

namespace gpuctl::kube {

/// The hooks of one moment of a release, one after the other, each to its end.
class HookRun {
 public:
  HookRun(Cluster& cluster, int timeout_s) : cluster_(cluster), timeout_s_(timeout_s) {}

  /// Empty: all have done well; else which has not, and why. `told` hears how each went.
  std::string run(const std::vector<core::HelmHook>&, const std::function<void(core::HelmHookRun)>& told);

 private:
  std::string run_one(const core::HelmHook&, const std::function<void(core::HelmHookRun)>& told);
  std::string await_end(const core::HelmHook&);
  std::string remove(const core::HelmHook&);
  /// Empty, or what to add to a sentence: that it could not be.
  std::string remove_where(const core::HelmHook&, const std::string& policy);

  Cluster& cluster_;
  int timeout_s_;
};

/// Microseconds since the epoch.
std::int64_t now_us();

}  // namespace gpuctl::kube
