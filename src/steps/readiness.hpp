#pragma once

#include <string>

#include "core/answer.hpp"
#include "core/kube.hpp"

namespace gpuctl::steps {

/// How far an object is, by the rules of kstatus (sigs.k8s.io/cli-utils): what its controller says of the generation
/// that is declared now. Here a workload that is meant for no node, or for no replica, is not ready: nothing was shown.
struct Readiness {
  bool ready = false;
  std::string observed;  ///< `2 of 3 ready`
  std::string because;   ///< why it is not; of a failure the controller's words
};

Readiness readiness(const core::KubeRef&, const core::Record& object);

/// Whether an object of a chart is one whose readiness is waited for: workloads, pods, claims, load balancers.
bool is_waited_for(const core::KubeRef& ref);
/// The same for those: what is meant for no node of this cluster, or scaled to 0, is as ready as it will be.
Readiness readiness_in_release(const core::KubeRef& ref, const core::Record& object);

/// How an object stands, for people to read: `2 of 3 available`; `there` where it says nothing of its readiness.
std::string standing(const core::KubeRef& ref, const core::Record& object);

/// Why an object of a release is not ready, in a sentence; empty: it is.
std::string why_unready(const core::KubeRef& ref, const core::Record& object);

}  // namespace gpuctl::steps
