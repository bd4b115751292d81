#pragma once

#include <memory>

#include "chart/render/release.hpp"
#include "cli/arguments.hpp"
#include "cli/world.hpp"

namespace gpuctl::cli {

/// A chart that was loaded for a release, and all that its rendering needs.
struct ChartRun {
  std::unique_ptr<chart::ChartTree> tree;
  chart::ReleaseRequest request;
  chart::Surroundings world;
};

/// Loads and checks what the command line names. Throws core::Error.
ChartRun chart_run(const ChartArguments& arguments, World& world);

/// The clock, the system's random bytes, and warnings on standard error.
chart::Surroundings chart_surroundings(World& world);

}  // namespace gpuctl::cli
