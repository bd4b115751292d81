#pragma once

#include <nlohmann/json_fwd.hpp>

#include "chart/package/chart.hpp"

namespace gpuctl::chart {

/// Which rules a schema was written for: its `$schema`, and the newest where it does not say.
enum class Draft : std::uint8_t { draft4, draft6, draft7, draft2019, draft2020 };

Draft draft_of(const nlohmann::json& schema);

/// Rewrites what newer drafts say differently into draft 7, which is the last that the library knows, and warns of what
/// has no such form.
void to_draft7(nlohmann::json& schema, Draft draft, const Warn& warn);

}  // namespace gpuctl::chart
