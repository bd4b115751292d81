#pragma once

#include "chart/value.hpp"

namespace gpuctl::chart {

// eq and lt of Go's text/template, from which the other comparisons come. Each throws CallError where the two kinds
// cannot be compared.
bool equal(const Value& one, const Value& other);
bool less(const Value& one, const Value& other);

}  // namespace gpuctl::chart
