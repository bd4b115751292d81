#pragma once

#include <string>
#include <vector>

#include "core/answer.hpp"
#include "kube/question.hpp"

namespace gpuctl::kube {

/// Why a pod does not run, or failed.
struct Obstacle {
  std::string reason;     ///< Unschedulable, ImagePullBackOff, FailedCreatePodSandBox, OOMKilled …
  std::string message;    ///< the cluster's words
  bool hopeless = false;  ///< no time will mend it
};

/// What a pod's own status says stands in its way, the weightiest first.
std::vector<Obstacle> obstacles(const core::Record& pod);

/// The same of a warning among its events: `FailedCreatePodSandBox`, `FailedScheduling`.
std::vector<Obstacle> warnings(const Listing& events);

/// One line for people: `cannot be scheduled: 0/1 nodes are available: …`.
std::string describe(const Obstacle&);

/// A pod's events, oldest first, one a line: `Warning FailedScheduling: … (3 times)`.
std::string event_lines(const Listing& events);

/// Its first container's status: a pointer into the record; empty while it has none.
std::string first_container(const core::Record& pod);

/// The end of a pod for a PodProof's answer: phase, node, exit, reason, message.
core::Record pod_end(const core::Record& pod, const Listing& events);

/// Whether its phase is one that lasts.
bool has_ended(const core::Record& pod);

}  // namespace gpuctl::kube
