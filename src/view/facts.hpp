#pragma once

#include <string>

#include "core/plan.hpp"
#include "view/style.hpp"

namespace gpuctl::view {

/// What was observed on a host, for people: a question a line, a record's fields below it.
std::string facts_text(const core::HostResult&, const Style&);

}  // namespace gpuctl::view
