#pragma once

#include <memory>
#include <string>

#include "chart/engine.hpp"
#include "chart/go/calendar.hpp"

namespace gpuctl::chart {

/// The zone of that name, `Local` for the machine's own. UTC where there is none, and for a name that would leave the
/// folder of the zones.
std::shared_ptr<const go::Zone> zone_or_utc(Engine& engine, const std::string& name);

}  // namespace gpuctl::chart
