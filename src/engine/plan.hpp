#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "core/plan.hpp"
#include "core/ports.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// Gives the eyes for a host or the cluster; called in the lane's own thread, so that connecting is parallel too.
/// Throws Error{unreachable}. What it returns outlives the run.
using Look = std::function<core::Observer&(const Lane&)>;
/// Gives what runs the proofs in the cluster; called only where there is one to run.
using Proofs = std::function<core::Prover&(const Lane&)>;

/// What would change, host by host, in the order of the lanes. Hosts are asked in parallel; one that cannot be asked
/// is part of the report. Nothing is written: there is no Actor here.
core::Report plan(std::span<const Lane> lanes, const Look& look, core::Progress& progress,
                  const std::stop_token& stop = {});

/// Whether what is declared holds, without predictions and remedies: every gap is a failed check. Proofs that nothing
/// blocks are run, where `proofs` can.
core::Report verify(std::span<const Lane> lanes, const Look& look, core::Progress& progress,
                    const std::stop_token& stop = {}, const Proofs& proofs = {});

/// Puts an error that ended a host's part into its result.
void note_error(core::HostResult& result, const core::Error& error);

}  // namespace gpuctl::engine
