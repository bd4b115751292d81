#pragma once

#include <span>
#include <vector>

#include "core/plan.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// A task whose failures that a waiver matches are let pass for now: they end its waiting, stop nothing and block
/// nothing.
Task with_waivers(Task task, std::vector<core::Waiver> waivers);

/// Decides what was let pass, once all is known: it is waived where the step that the waiver names passed, and a
/// failure where that failed or was not run. In a plan, where proofs are not run, it stays open.
void decide_waived(core::Report& report, std::span<const core::Waiver> waivers);

}  // namespace gpuctl::engine
