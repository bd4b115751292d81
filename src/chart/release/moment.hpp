#pragma once

#include <memory>
#include <optional>
#include <string>

#include "chart/go/calendar.hpp"
#include "chart/release/release.hpp"

namespace gpuctl::chart::release {

/// The time that a stamp says, in the zone `local` where that has the stamp's offset then, as Go reads it; nothing for
/// an empty stamp. Throws go::TimeError.
std::optional<go::Moment> moment_of(const Stamp&, const std::shared_ptr<const go::Zone>& local = go::Zone::utc());

/// As Go stores a time.
Stamp stamp_of(const go::Moment&);

}  // namespace gpuctl::chart::release
