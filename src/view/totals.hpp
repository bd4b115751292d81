#pragma once

#include <string>

#include "core/plan.hpp"

namespace gpuctl::view {

/// The last line of a report, without its duration: `3 of 5 steps change, 1 restart. Nothing was written.`
std::string totals(const core::Report&);

}  // namespace gpuctl::view
