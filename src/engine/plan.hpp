#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "core/plan.hpp"
#include "core/ports.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// Gives the eyes for a host; called in the host's own thread, so that connecting is parallel too. Throws
/// Error{unreachable}. What it returns outlives the run.
using Look = std::function<core::Observer&(const core::Host&)>;

/// What would change, host by host, in the order of the lanes. Hosts are asked in parallel; one that cannot be asked
/// is part of the report. Nothing is written: there is no Actor here.
core::Report plan(std::span<const Lane> lanes, const Look& look, core::Progress& progress,
                  const std::stop_token& stop = {});

/// Whether what is declared holds, without predictions and remedies: every gap is a failed check.
core::Report verify(std::span<const Lane> lanes, const Look& look, core::Progress& progress,
                    const std::stop_token& stop = {});

/// Puts an error that ended a host's part into its result.
void note_error(core::HostResult& result, const core::Error& error);

}  // namespace gpuctl::engine
