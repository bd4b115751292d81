#include "engine/prove.hpp"

#include <algorithm>

#include "engine/fold.hpp"

namespace gpuctl::engine {

using core::StepResult;
using core::StepState;
using Clockwork = std::chrono::steady_clock;

namespace {

std::vector<core::PodProof> proofs_of(const Task& task) {
  std::vector<core::PodProof> out;
  if (!task.proof || task.left_out) return out;
  for (const auto& probe : task.probes({}))
    if (const auto* proof = std::get_if<core::PodProof>(&probe)) out.push_back(*proof);
  return out;
}

void judge_proof(const Task& task, StepResult& result, const core::Facts& known) {
  result.change = task.plan(known);
  result.checks = result.change.held;
  for (const auto& gap : result.change.gaps) result.checks.push_back(gap.check);
  result.because.clear();
  result.state = result.change.converged() ? StepState::held : StepState::failed;
  if (result.state == StepState::held) return;
  result.why = failure_of(result.change.gaps.front().check);
  for (const auto& gap : result.change.gaps)
    if (const auto* never = std::get_if<core::Never>(&gap.remedy)) result.advice = never->advice;
}

/// What is known of the other steps stays known.
void not_proven(StepResult& result, const core::Error& error) {
  const bool interrupted = error.kind() == core::ErrorKind::interrupted;
  result.state = interrupted ? StepState::skipped : StepState::failed;
  result.change = {};
  result.checks.clear();
  if (interrupted) {
    result.because = error.message();
    return;
  }
  result.checks = {{"the proof could be run", "", error.message(), core::Outcome::failed, ""}};
  result.why = error.message();
  result.advice = error.hint();
  result.cut_off = error.kind() == core::ErrorKind::unreachable;
  if (!result.cut_off) return;
  if (!result.advice.empty()) result.advice += "; then ";
  result.advice += "run it again: it removes a pod that is left";
}

void skip_not_begun(const Lane& lane, core::HostResult& result, std::size_t from) {
  for (std::size_t at = from; at < lane.tasks.size(); ++at) {
    auto& step = result.steps[at];
    if (proofs_of(lane.tasks[at]).empty() || step.state == StepState::blocked) continue;
    step.state = StepState::skipped;
    step.because = "interrupted";
    step.change = {};
  }
}

}  // namespace

bool asks_for_proof(const Task& task) {
  return !proofs_of(task).empty();
}

bool is_proof_left(const Task& task, core::Prover& prover) {
  return std::ranges::any_of(proofs_of(task), [&](const auto& proof) { return prover.is_left(proof); });
}

void prove(const Lane& lane, core::HostResult& result, core::Facts& known, core::Prover& prover,
           core::Progress& progress, const std::stop_token& stop) {
  for (std::size_t at = 0; at < lane.tasks.size(); ++at) {
    if (stop.stop_requested()) return skip_not_begun(lane, result, at);
    const auto proofs = proofs_of(lane.tasks[at]);
    auto& step = result.steps[at];
    if (proofs.empty() || step.state == StepState::blocked) continue;
    const auto begin = Clockwork::now();
    progress.step_begins(lane.host, step);
    try {
      for (const auto& proof : proofs)
        known.set(proof,
                  prover.prove(proof, [&](const std::string& what) { progress.step_waits(lane.host, step, what); }));
      judge_proof(lane.tasks[at], step, known);
      if (step.state == StepState::held)
        for (const auto& proof : proofs) prover.clear(proof);
    } catch (const core::Error& error) {
      not_proven(step, error);
    }
    step.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clockwork::now() - begin);
    progress.step_ends(lane.host, step);
  }
}

}  // namespace gpuctl::engine
