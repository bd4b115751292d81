#pragma once

#include <stop_token>

#include "core/plan.hpp"
#include "core/ports.hpp"
#include "engine/task.hpp"

namespace gpuctl::engine {

/// Whether the task is a proof that a Prover has to run: it asks for a pod.
bool asks_for_proof(const Task&);
/// Whether the pod of an earlier run's proof is there still.
bool is_proof_left(const Task&, core::Prover&);

/// Runs the proofs among the tasks that nothing blocks, one after the other, and says how each came out. The pod of one
/// that passed is removed; that of one that failed stays, to be looked at.
void prove(const Lane& lane, core::HostResult& result, core::Facts& known, core::Prover& prover,
           core::Progress& progress, const std::stop_token& stop);

}  // namespace gpuctl::engine
