#pragma once

#include <string>

#include "core/change.hpp"

namespace gpuctl::test {

/// A change as the text that cases hold: every check, remedy, promise, disturbance and diff.
std::string render(const core::Change&);

}  // namespace gpuctl::test
