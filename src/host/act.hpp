#pragma once

#include <span>
#include <string>

#include "core/action.hpp"

namespace gpuctl::host {

/// One action as the body of a sh function that runs in a subshell of the job; ends with 0 or an exit code.
std::string act_script(const core::Action&);

/// The functions that the bodies of these actions use. `$J` is the job's folder.
std::string act_functions(std::span<const core::Action>);

/// Why an action failed, in one sentence, and what to try.
struct Why {
  std::string why;
  std::string advice;
};

/// From its exit code and what it wrote.
Why why_failed(const core::Action&, int exit, const std::string& output);

}  // namespace gpuctl::host
