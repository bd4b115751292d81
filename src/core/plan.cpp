#include "core/plan.hpp"

#include <algorithm>

namespace gpuctl::core {

namespace {

bool any_step(const Report& report, auto predicate) {
  return std::ranges::any_of(report.hosts,
                             [&](const HostResult& host) { return std::ranges::any_of(host.steps, predicate); });
}

bool any_unreachable(const Report& report) {
  return std::ranges::any_of(report.hosts, [](const HostResult& host) { return !host.unreachable.empty(); }) ||
         any_step(report, [](const StepResult& step) { return step.cut_off; });
}

bool any_refused(const Report& report) {
  return std::ranges::any_of(report.hosts, [](const HostResult& host) { return host.refused; });
}

bool is_failed(const StepResult& step) {
  return step.state == StepState::failed;
}
/// A proof is no change: it decides a verify or a provision, never a plan.
bool decides_plan(const StepResult& step) {
  if (step.proof) return false;
  return is_failed(step) || step.state == StepState::change || step.state == StepState::awaits ||
         step.state == StepState::later;
}

}  // namespace

int exit_code(const Report& report) {
  if (report.interrupted) return 130;
  const bool failed = any_step(report, is_failed);
  if (any_refused(report)) return 4;
  if (report.verb == Verb::provision && failed) return 1;
  if (any_unreachable(report)) return 3;
  if (report.verb == Verb::provision) return 0;
  if (report.verb == Verb::verify) return failed ? 2 : 0;
  return any_step(report, decides_plan) ? 2 : 0;
}

const char* word(StepState state) {
  switch (state) {
    case StepState::held:
      return "ok";
    case StepState::change:
      return "change";
    case StepState::awaits:
      return "awaits";
    case StepState::later:
      return "later";
    case StepState::failed:
      return "failed";
    case StepState::blocked:
      return "blocked";
    case StepState::skipped:
      return "skipped";
    case StepState::done:
      return "done";
    case StepState::waived:
      return "waived";
  }
  return "";
}

const char* word(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "passed";
    case Outcome::failed:
      return "failed";
    case Outcome::blocked:
      return "blocked";
    case Outcome::waived:
      return "waived";
    case Outcome::unknown:
      return "unknown";
  }
  return "";
}

const char* word(Verb verb) {
  switch (verb) {
    case Verb::plan:
      return "plan";
    case Verb::provision:
      return "provision";
    case Verb::verify:
      return "verify";
  }
  return "";
}

}  // namespace gpuctl::core
