#pragma once

#include <string>

#include "core/error.hpp"
#include "core/plan.hpp"

namespace gpuctl::view {

/// GitHub's workflow commands, a line for each failed step, broken promise and host that could not be asked; shown at
/// the step in the playbook. Source: GitHub's documentation, "Workflow commands".
std::string annotations(const core::Report&);
std::string annotation(const core::Error&);

}  // namespace gpuctl::view
