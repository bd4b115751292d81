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

}  // namespace

bool asks_for_proof(const Task& task) {
  return !proofs_of(task).empty();
}

void prove(const Lane& lane, core::HostResult& result, core::Facts& known, core::Prover& prover,
           core::Progress& progress, const std::stop_token& stop) {
  for (std::size_t at = 0; at < lane.tasks.size() && !stop.stop_requested(); ++at) {
    const auto proofs = proofs_of(lane.tasks[at]);
    auto& step = result.steps[at];
    if (proofs.empty() || step.state == StepState::blocked) continue;
    const auto begin = Clockwork::now();
    progress.step_begins(lane.host, step);
    for (const auto& proof : proofs)
      known.set(proof,
                prover.prove(proof, [&](const std::string& what) { progress.step_waits(lane.host, step, what); }));
    judge_proof(lane.tasks[at], step, known);
    if (step.state == StepState::held)
      for (const auto& proof : proofs) prover.clear(proof);
    step.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clockwork::now() - begin);
    progress.step_ends(lane.host, step);
  }
}

}  // namespace gpuctl::engine
