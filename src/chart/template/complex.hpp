#pragma once

#include "chart/value.hpp"

namespace gpuctl::chart {

/// A complex number of a template's text, which can be printed and no more.
Value complex_value(double real, double imaginary);

}  // namespace gpuctl::chart
