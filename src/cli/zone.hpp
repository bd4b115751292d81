#pragma once

#include <optional>
#include <string>

#include "cli/world.hpp"

namespace gpuctl::cli {

/// The TZif file of a time zone, by its name among the system's; of `Local` that of TZ or of the machine. Nothing where
/// there is none, which is UTC.
std::optional<std::string> zone_file(const World& world, const std::string& name);

}  // namespace gpuctl::cli
