#include "engine/waive.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "engine/fold.hpp"

namespace gpuctl::engine {

using core::Change;
using core::Check;
using core::Outcome;
using core::StepResult;
using core::StepState;
using core::Waiver;

namespace {

bool matches(const Waiver& waiver, const std::string& step, const Check& check) {
  if (waiver.check != step && waiver.check != check.what) return false;
  return check.observed.find(waiver.match) != std::string::npos ||
         check.because.find(waiver.match) != std::string::npos;
}

const Waiver* waiver_of(std::span<const Waiver> waivers, const std::string& step, const Check& check) {
  const auto found = std::ranges::find_if(waivers, [&](const Waiver& w) { return matches(w, step, check); });
  return found == waivers.end() ? nullptr : &*found;
}

Change let_pass(Change change, const std::string& step, std::span<const Waiver> waivers) {
  std::vector<core::Gap> left;
  for (auto& gap : change.gaps) {
    if (gap.check.outcome == Outcome::failed && waiver_of(waivers, step, gap.check)) {
      gap.check.outcome = Outcome::waived;
      change.held.push_back(std::move(gap.check));
    } else {
      left.push_back(std::move(gap));
    }
  }
  change.gaps = std::move(left);
  return change;
}

/// The checks of a step that a waiver let pass.
std::vector<Check*> waived_in(StepResult& step) {
  std::vector<Check*> out;
  for (auto* checks : {&step.checks, &step.change.held})
    for (auto& check : *checks)
      if (check.outcome == Outcome::waived) out.push_back(&check);
  return out;
}

/// How the step stands that a waiver hangs on; nullptr when the run has none of that name.
const StepResult* step_named(const core::Report& report, const std::string& name) {
  for (const auto& host : report.hosts)
    for (const auto& step : host.steps)
      if (step.name == name) return &step;
  return nullptr;
}

enum class Decision { waived, open, refused };

Decision decide(const core::Report& report, const Waiver& waiver) {
  const auto* step = step_named(report, waiver.while_);
  if (!step) return Decision::refused;
  if (step->state == StepState::held || step->state == StepState::done) return Decision::waived;
  return report.verb == core::Verb::plan ? Decision::open : Decision::refused;
}

void refuse(StepResult& step, Check& check, const Waiver& waiver, const core::Report& report) {
  const auto* proof = step_named(report, waiver.while_);
  const bool failed = proof && (proof->state == StepState::failed || proof->state == StepState::blocked);
  check.outcome = Outcome::failed;
  const auto why =
      fmt::format("it would be waived while {} passes, which {}", waiver.while_, failed ? "failed" : "was not run");
  check.because += check.because.empty() ? why : "; " + why;
  step.state = StepState::failed;
  step.why = failure_of(check);
  step.advice = failed ? "see to both: " + waiver.reason : "run " + waiver.while_ + " too";
}

void decide(StepResult& step, core::Report& report, std::span<const Waiver> waivers) {
  for (auto* check : waived_in(step)) {
    const auto* waiver = waiver_of(waivers, step.name, *check);
    if (!waiver) continue;
    if (decide(report, *waiver) == Decision::refused) {
      refuse(step, *check, *waiver, report);
      continue;
    }
    if (step.state == StepState::held || step.state == StepState::done) {
      step.state = StepState::waived;
      step.because = waiver->reason;
    }
  }
}

}  // namespace

Task with_waivers(Task task, std::vector<core::Waiver> waivers) {
  if (waivers.empty()) return task;
  task.plan = [plan = std::move(task.plan), name = task.name, waivers = std::move(waivers)](const core::Facts& known) {
    return let_pass(plan(known), name, waivers);
  };
  return task;
}

void decide_waived(core::Report& report, std::span<const Waiver> waivers) {
  if (waivers.empty()) return;
  for (auto& host : report.hosts)
    for (auto& step : host.steps) decide(step, report, waivers);
}

}  // namespace gpuctl::engine
