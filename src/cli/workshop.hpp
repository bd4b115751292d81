#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/world.hpp"
#include "core/ports.hpp"

namespace gpuctl::cli {

/// This machine's clock, random bytes and time zones; `world` outlives it.
std::shared_ptr<core::Workshop> make_workshop(const World& world);

/// Bytes from the system's generator.
void random_bytes(std::span<unsigned char> out);

/// The files of a chart; a relative path is one in `folder`, and what is not on the disk is fetched. Throws
/// core::Error.
std::vector<core::ChartFile> chart_files(const core::ChartRef&, const std::string& folder, const World& world);

}  // namespace gpuctl::cli
