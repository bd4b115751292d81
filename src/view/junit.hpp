#pragma once

#include <string>

#include "core/plan.hpp"

namespace gpuctl::view {

/// A report as JUnit XML: a suite a host, a case a step. A gap is a failure, a host that could not be asked an error,
/// what is blocked or left out is skipped. Characters that XML cannot hold are left out.
std::string junit(const core::Report&);

}  // namespace gpuctl::view
