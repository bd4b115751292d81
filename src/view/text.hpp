#pragma once

#include <string>

#include "core/plan.hpp"
#include "view/style.hpp"

namespace gpuctl::view {

/// A report for people: one line a step, detail only where something is to change or wrong.
std::string text(const core::Report&, const Style&);

/// `0.6 s`, `2 min 5 s`.
std::string duration(std::chrono::milliseconds);

}  // namespace gpuctl::view
