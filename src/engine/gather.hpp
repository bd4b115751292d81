#pragma once

#include <span>
#include <vector>

#include "core/ports.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// How often a host is asked at most before its playbook's questions count as endless (DESIGN 3).
inline constexpr int most_rounds = 4;

/// What the tasks ask once `known` is known, each once; but for proofs, which only a Prover can answer.
std::vector<core::Probe> questions(std::span<const Task> tasks, const core::Facts& known);

/// The same of a whole lane, with what is asked of every host (Clock and Platform) or of the cluster (KubeServer).
std::vector<core::Probe> questions(const Lane& lane, const core::Facts& known);

/// Asks the union of all tasks' questions in one gather, then what the answers raise, until nothing new is asked. What
/// an apply would do is not asked: that is a plan's question.
core::Facts gather(const Lane& lane, core::Observer& observer);

}  // namespace gpuctl::engine
