#pragma once

#include "core/plan.hpp"

namespace gpuctl::samples {

/// A bare node: something of every kind is to do.
core::Report plan();
/// Nothing to do.
core::Report converged();
/// A gap that nobody closes, one that a restart closes, and what follows from it.
core::Report verify();
/// A step that failed in the middle, with findings; a second host that could not be asked.
core::Report provision();

}  // namespace gpuctl::samples
