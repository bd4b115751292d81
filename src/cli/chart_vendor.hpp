#pragma once

#include <string>

#include "chart/source/vendor.hpp"
#include "cli/world.hpp"

namespace gpuctl::cli {

/// Writes what a chart's folder depends on into its charts/, each file whole or not at all, then takes away what is
/// outdated, then writes the lock. Throws core::Error{failed}.
void write_vendored(const std::string& folder, const chart::Vendored& vendored);

/// The time as a lock has it.
std::string lock_time();

}  // namespace gpuctl::cli
