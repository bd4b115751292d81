#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// The units whose restart a change awaits, each once.
std::vector<std::string> awaited_units(const core::Change&);
/// The units that the actions of a change restart.
std::vector<std::string> restarted_units(const core::Change&);
/// The units that are started anew when `task` has closed the gaps of `change`: those that it restarts, and those whose
/// start is under way, so that it waits for them.
std::vector<std::string> units_started(const Task& task, const core::Change& change);
/// `k3s-agent` and `k3s-agent.service` name the same unit.
bool same_unit(const std::string& a, const std::string& b);

/// Marks those steps as failed whose gap awaits a restart that no later step does; the others name the step that does
/// it.
void fail_unclosed(std::span<const Task> tasks, std::vector<core::StepResult>& steps);

}  // namespace gpuctl::engine
