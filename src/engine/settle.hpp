#pragma once

#include <functional>
#include <span>

#include "core/ports.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// Waits until nothing of the task's change is left but what a later restart closes, until somebody must act whom
/// gpuctl cannot replace, or until `deadline`. `known` takes the answers. `waits` is called once before each wait with
/// the gap that is still open. The waiting itself is the observer's: one loop on the host. `beside` is asked along with
/// each wait. At the deadline all that the task asks is asked once more.
core::Change settle(const Task& task, core::Facts& known, core::Observer& observer, core::Deadline deadline,
                    const std::function<void(const core::Gap&)>& waits, std::span<const core::Probe> beside = {});

}  // namespace gpuctl::engine
