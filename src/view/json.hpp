#pragma once

#include <string>

#include "core/plan.hpp"

namespace gpuctl::view {

/// A report for programs, two blanks a level, with a newline at the end. `format` counts up when a key changes its
/// meaning. Bytes that are no UTF-8 are replaced.
std::string json(const core::Report&);

/// What was observed on a host, for programs.
std::string facts_json(const core::HostResult&);

}  // namespace gpuctl::view
