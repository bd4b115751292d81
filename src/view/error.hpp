#pragma once

#include <string>

#include "core/error.hpp"
#include "view/style.hpp"

namespace gpuctl::view {

/// An error for people: what, where, on the way to what, and what to do.
std::string error_text(const core::Error&, const Style&);

}  // namespace gpuctl::view
