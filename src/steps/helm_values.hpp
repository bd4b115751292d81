#pragma once

#include <memory>

#include "chart/value.hpp"
#include "core/params.hpp"

namespace gpuctl::steps {

/// A playbook's value as a values file gives it to a chart: every number is a float64.
chart::Value helm_value(const core::Node&);

/// The values files that a step names and its own `values` over them. Throws Error{invalid}.
std::shared_ptr<chart::Map> helm_values(core::Params&);

}  // namespace gpuctl::steps
