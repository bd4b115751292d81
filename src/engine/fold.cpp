#include "engine/fold.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <ranges>

#include "core/predict.hpp"
#include "engine/awaits.hpp"
#include "engine/blocked.hpp"
#include "engine/prove.hpp"

namespace gpuctl::engine {

using core::Change;
using core::StepResult;
using core::StepState;

namespace {

template <class R>
bool any_remedy(const Change& change) {
  return std::ranges::any_of(change.gaps, [](const core::Gap& gap) { return std::holds_alternative<R>(gap.remedy); });
}

/// Why a step is not simply done now: the advice of the first gap that says so.
void explain(StepResult& result) {
  for (const auto& gap : result.change.gaps) {
    if (const auto* never = std::get_if<core::Never>(&gap.remedy)) {
      result.why = failure_of(gap.check);
      result.advice = never->advice;
      return;
    }
    if (const auto* later = std::get_if<core::Later>(&gap.remedy); later && result.because.empty())
      result.because = later->after;
  }
}

bool changes(const StepResult& step) {
  return !step.change.converged() && step.state != StepState::failed && !step.proof;
}

/// The last step that changes something, by its name; empty when none does.
std::string last_change(std::span<const core::HostResult> before, std::span<const StepResult> steps) {
  for (const auto& step : std::ranges::reverse_view(steps))
    if (changes(step)) return step.name;
  for (const auto& host : std::ranges::reverse_view(before))
    for (const auto& step : std::ranges::reverse_view(host.steps))
      if (changes(step)) return step.name;
  return {};
}

/// Whether nothing is left but what the cluster brings about in time: that depends on every change before it.
bool only_the_cluster_s_time(const Change& change) {
  return std::ranges::all_of(change.gaps, [](const core::Gap& gap) {
    return std::holds_alternative<core::Wait>(gap.remedy) && std::ranges::any_of(gap.asked, core::asks_cluster);
  });
}

/// `changer`: the step whose change comes last before this one.
StepResult planned(const Task& task, core::Change change, const std::string& changer) {
  StepResult result = begin_result(task);
  result.change = std::move(change);
  result.state = state_of(result.change);
  explain(result);
  if (result.change.converged()) return result;
  if (task.proof && (!changer.empty() || asks_for_proof(task))) {
    result.state = StepState::later;
    result.because = changer.empty() ? "" : "the changes";
  } else if (!changer.empty() && only_the_cluster_s_time(result.change)) {
    result.state = StepState::later;
    result.because = changer;
  }
  return result;
}

}  // namespace

std::string failure_of(const core::Check& check) {
  std::string out = check.what;
  if (!check.expected.empty()) out += fmt::format(": expected {}, observed {}", check.expected, check.observed);
  return out;
}

bool has_never(const Change& change) {
  return any_remedy<core::Never>(change);
}

bool has_wait(const Change& change) {
  return any_remedy<core::Wait>(change);
}

bool only_awaits(const Change& change) {
  return std::ranges::all_of(change.gaps,
                             [](const core::Gap& gap) { return std::holds_alternative<core::Awaits>(gap.remedy); });
}

StepState state_of(const Change& change) {
  if (change.converged()) return StepState::held;
  if (has_never(change)) return StepState::failed;
  if (any_remedy<core::Mend>(change)) return StepState::change;
  if (any_remedy<core::Later>(change)) return StepState::later;
  return StepState::awaits;
}

void replay_as(const std::string& step, const Change& change, core::Facts& facts) {
  if (actions_of(change).empty()) return;
  core::replay(change, facts);
  core::name_unknowns(facts, step);
}

Folded fold(std::span<const Task> tasks, const core::Facts& observed, std::span<const core::HostResult> before) {
  Folded out;
  out.predicted = observed;
  for (const auto& task : tasks) {
    if (task.left_out) {
      out.steps.push_back(begin_result(task));
      continue;
    }
    const auto more = core::unasked(task.probes(out.predicted), out.predicted);
    out.unasked.insert(out.unasked.end(), more.begin(), more.end());
    out.steps.push_back(planned(task, task.plan(out.predicted), last_change(before, out.steps)));
    replay_as(task.name, out.steps.back().change, out.predicted);
  }
  std::erase_if(out.unasked, [](const auto& probe) { return std::holds_alternative<core::PodProof>(probe); });
  fail_unclosed(tasks, out.steps);
  mark_blocked(tasks, out.steps, before);
  return out;
}

core::HostResult result_from(const Lane& lane, const std::function<Change(const Task&)>& change_of) {
  core::HostResult result;
  result.host = lane.host;
  result.cluster = lane.cluster;
  for (const auto& task : lane.tasks)
    result.steps.push_back(task.left_out ? begin_result(task)
                                         : planned(task, change_of(task), last_change({}, result.steps)));
  fail_unclosed(lane.tasks, result.steps);
  mark_blocked(lane.tasks, result.steps);
  return result;
}

std::vector<StepResult> judge(std::span<const Task> tasks, const core::Facts& observed,
                              std::span<const core::HostResult> before) {
  std::vector<StepResult> steps;
  for (const auto& task : tasks) {
    StepResult result = begin_result(task);
    if (!task.left_out) {
      result.change = task.plan(observed);
      result.state = result.change.converged() ? StepState::held : StepState::failed;
      explain(result);
      if (result.state == StepState::failed && result.why.empty()) result.why = failure_of(result.change.gaps[0].check);
    }
    steps.push_back(std::move(result));
  }
  mark_blocked(tasks, steps, before);
  return steps;
}

}  // namespace gpuctl::engine
