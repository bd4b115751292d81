#pragma once

#include <span>
#include <vector>

#include "core/plan.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// Marks the failed steps that stand on an earlier failed one as blocked by it, and their open checks too. `before` are
/// the hosts whose steps come before the first of these: a step about one node stands on that host's alone.
void mark_blocked(std::span<const Task> tasks, std::vector<core::StepResult>& steps,
                  std::span<const core::HostResult> before = {});

}  // namespace gpuctl::engine
