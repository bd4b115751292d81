#pragma once

#include <span>
#include <vector>

#include "core/plan.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// What a walk over the tasks of a host came to.
struct Folded {
  std::vector<core::StepResult> steps;
  core::Facts predicted;             ///< what will be observed once every change was performed
  std::vector<core::Probe> unasked;  ///< questions that only the predictions raise
};

/// plan: each task sees what the tasks before it will have left behind. `before` are the hosts whose changes come
/// before the first of these tasks: what only time brings about is known after the last change.
Folded fold(std::span<const Task> tasks, const core::Facts& observed, std::span<const core::HostResult> before = {});

/// The lines of a plan whose changes are known already.
core::HostResult result_from(const Lane& lane, const std::function<core::Change(const Task&)>& change_of);

/// verify: each task sees what is; nothing is predicted, a gap is a failure whoever could close it.
std::vector<core::StepResult> judge(std::span<const Task> tasks, const core::Facts& observed,
                                    std::span<const core::HostResult> before = {});

/// Applies a change to facts; what it makes unknowable is marked as known after `step`.
void replay_as(const std::string& step, const core::Change&, core::Facts&);

/// How a planned change stands, by the strongest of its remedies.
core::StepState state_of(const core::Change&);

/// `what: expected X, observed Y`.
std::string failure_of(const core::Check&);

bool has_never(const core::Change&);
/// Whether time closes one of its gaps.
bool has_wait(const core::Change&);
/// Whether nothing is left but what a later step's restart closes.
bool only_awaits(const core::Change&);

}  // namespace gpuctl::engine
