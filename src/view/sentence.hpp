#pragma once

#include <string>

#include "core/plan.hpp"

namespace gpuctl::view {

/// What is wrong with a step, in one line: `handler nvidia: expected X, observed Y`.
std::string headline(const core::StepResult&);

/// The same with everything that is known about it: a line for each check, advice, evidence.
std::string story(const core::StepResult&);

}  // namespace gpuctl::view
