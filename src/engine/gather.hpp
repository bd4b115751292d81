#pragma once

#include <span>
#include <vector>

#include "core/ports.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// How often a host is asked at most before its playbook's questions count as endless (DESIGN 3).
inline constexpr int most_rounds = 4;

/// What the tasks ask once `known` is known, each once; Clock and Platform with them.
std::vector<core::Probe> questions(std::span<const Task> tasks, const core::Facts& known);

/// Asks the union of all tasks' questions in one gather, then what the answers raise, until nothing new is asked.
core::Facts gather(std::span<const Task> tasks, core::Observer& observer);

}  // namespace gpuctl::engine
