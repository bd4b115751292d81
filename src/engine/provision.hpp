#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "core/plan.hpp"
#include "core/ports.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// Eyes and hands for one host, or for the cluster.
struct Reach {
  core::Observer& observer;
  core::Actor& actor;
  core::Prover* prover = nullptr;  ///< of the cluster
  bool prove = false;              ///< proofs are run though nothing has changed
};
/// Called in the lane's own thread. Throws Error{unreachable}.
using Hands = std::function<Reach(const Lane&)>;

/// Performs a plan: what it shows and nothing else. A host with a gap that nobody closes is left untouched. Each step
/// acts, settles and is asked again; the first that fails ends its host, not the others. The cluster's turn comes when
/// every host is done, and not at all when one has failed. `planned` is plan()'s report
/// for the same lanes. When `stop` is requested, steps that have begun end and no other begins.
core::Report provision(std::span<const Lane> lanes, const core::Report& planned, const Hands& hands,
                       core::Progress& progress, const std::stop_token& stop = {});

/// Whether any host of a plan has an action to perform or something to wait for.
bool anything_to_do(const core::Report& planned);

}  // namespace gpuctl::engine
