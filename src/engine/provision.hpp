#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "core/plan.hpp"
#include "core/ports.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// Eyes and hands for one host.
struct Reach {
  core::Observer& observer;
  core::Actor& actor;
};
/// Called in the host's own thread. Throws Error{unreachable}.
using Hands = std::function<Reach(const core::Host&)>;

/// Performs a plan: what it shows and nothing else. A host with a gap that nobody closes is left untouched. Each step
/// acts, settles and is asked again; the first that fails ends its host, not the others. `planned` is plan()'s report
/// for the same lanes. When `stop` is requested, steps that have begun end and no other begins.
core::Report provision(std::span<const Lane> lanes, const core::Report& planned, const Hands& hands,
                       core::Progress& progress, const std::stop_token& stop = {});

/// Whether any host of a plan has an action to perform or something to wait for.
bool anything_to_do(const core::Report& planned);

}  // namespace gpuctl::engine
