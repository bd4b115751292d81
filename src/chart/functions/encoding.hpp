#pragma once

#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// The bytes of a base64 text. Throws CallError in Go's words: `illegal base64 data at input byte 3`.
Value base64_decoded(std::string_view text);

}  // namespace gpuctl::chart
