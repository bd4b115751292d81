#include "engine/blocked.hpp"

#include <algorithm>

namespace gpuctl::engine {

using core::StepResult;
using core::StepState;

namespace {

/// The failed step at the root of what `task` stands on, or the empty string.
std::string blocker(const Task& task, std::span<const StepResult> earlier) {
  for (const auto& step : earlier) {
    if (std::ranges::find(task.stands_on, step.kind) == task.stands_on.end()) continue;
    if (step.state == StepState::failed) return step.name;
    if (step.state == StepState::blocked) return step.because;
  }
  return {};
}

/// The same among the steps of hosts.
std::string blocker(const Task& task, std::span<const core::HostResult> before) {
  for (const auto& host : before) {
    if (!task.node.empty() && task.node != host.host.name) continue;
    if (auto by = blocker(task, std::span(host.steps)); !by.empty()) return by;
  }
  return {};
}

void block(StepResult& step, const std::string& by) {
  step.state = StepState::blocked;
  step.because = by;
  for (auto& gap : step.change.gaps) gap.check.outcome = core::Outcome::blocked;
}

}  // namespace

void mark_blocked(std::span<const Task> tasks, std::vector<StepResult>& steps,
                  std::span<const core::HostResult> before) {
  for (std::size_t at = 0; at < steps.size(); ++at) {
    if (steps[at].state != StepState::failed) continue;
    auto by = blocker(tasks[at], before);
    if (by.empty()) by = blocker(tasks[at], std::span<const StepResult>(steps).first(at));
    if (!by.empty()) block(steps[at], by);
  }
}

}  // namespace gpuctl::engine
