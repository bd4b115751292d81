#pragma once

#include <string>

#include "core/plan.hpp"
#include "view/page.hpp"

namespace gpuctl::view {

/// Where the details below a step's line begin.
inline constexpr std::size_t detail_indent = 11;

/// What a step would change and how: a line a gap, diffs, what is disturbed.
void planned_detail(Page&, const core::StepResult&);

/// What is wrong: expected, observed, because, what to try; the last words of a failed action.
void failed_detail(Page&, const core::Report&, const core::StepResult&);

/// The failures that a waiver lets pass, never silently.
void waived_detail(Page&, const core::StepResult&);

/// Predictions that did not come true, and changes that nobody predicted.
void findings_detail(Page&, const core::StepResult&);

/// Checks that hold and have something to say all the same: a value that nothing reads, what was left there.
void noted_detail(Page&, const core::StepResult&);

/// Every check that holds; only where the reader asked for it.
void held_detail(Page&, const core::StepResult&);

/// The units that a change restarts, each once.
std::vector<std::string> restarts_of(const core::Change&);

}  // namespace gpuctl::view
