#pragma once

#include <string>

#include "core/facts.hpp"

namespace gpuctl::engine {

/// What a host is, in one line: `Ubuntu 22.04 · 5.15.0-91-generic · RTX 3060, 12288 MiB · driver 535.274.02`. Only what
/// was observed.
std::string summary_of(const core::Facts&);

}  // namespace gpuctl::engine
