#pragma once

#include <span>
#include <vector>

#include "core/plan.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// Turns a failed step into a blocked one where an earlier step of a kind it stands on failed: the cause is reported
/// once. A step that holds is never blocked.
void mark_blocked(std::span<const Task> tasks, std::vector<core::StepResult>& steps);

}  // namespace gpuctl::engine
