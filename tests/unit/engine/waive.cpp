#include "engine/waive.hpp"

#include <doctest/doctest.h>

using namespace gpuctl;
using core::Outcome;
using core::StepState;

namespace {

const core::Waiver waiver{"validator", "non supported HW", "proof", "a consumer card"};

core::Gap gap(const std::string& what, const std::string& observed) {
  return {{what, "ready", observed, Outcome::failed, ""}, core::Wait{}, {}, {}, {}};
}

engine::Task policy(const std::string& log) {
  engine::Task task;
  task.name = "policy";
  task.plan = [log](const core::Facts&) { return core::Change{{}, {gap("validator", log)}}; };
  return engine::with_waivers(task, {waiver});
}

/// A report of the policy as planned, and of the step that the waiver hangs on.
core::Report report(core::Verb verb, StepState proof) {
  core::StepResult step;
  step.name = "policy";
  step.change = policy("attempted on non supported HW").plan({});
  step.state = StepState::held;
  core::StepResult other;
  other.name = "proof";
  other.state = proof;
  core::Report out;
  out.verb = verb;
  out.hosts.resize(1);
  out.hosts[0].steps = {step, other};
  engine::decide_waived(out, std::vector{waiver});
  return out;
}

const core::StepResult& policy_of(const core::Report& report) {
  return report.hosts[0].steps[0];
}

}  // namespace

TEST_CASE("a failure that a waiver matches is let pass, any other is not") {
  const auto passed = policy("attempted on non supported HW").plan({});
  CHECK(passed.converged());
  REQUIRE(passed.held.size() == 1);
  CHECK(passed.held[0].outcome == Outcome::waived);
  CHECK_FALSE(policy("no such device").plan({}).converged());
}

TEST_CASE("it is waived where the other step passed, with its reason") {
  const auto found = report(core::Verb::verify, StepState::held);
  CHECK(policy_of(found).state == StepState::waived);
  CHECK(policy_of(found).because == "a consumer card");
  CHECK(core::exit_code(found) == 0);
}

TEST_CASE("it is a failure where the other step failed, or was not run") {
  for (const auto state : {StepState::failed, StepState::blocked, StepState::skipped}) {
    const auto found = report(core::Verb::verify, state);
    CHECK(policy_of(found).state == StepState::failed);
    CHECK(policy_of(found).change.held[0].outcome == Outcome::failed);
    CHECK(policy_of(found).why.find("validator: expected ready, observed attempted") == 0);
    CHECK(core::exit_code(found) == 2);
  }
}

TEST_CASE("in a plan, where proofs are not run, it stays let pass") {
  CHECK(policy_of(report(core::Verb::plan, StepState::later)).state == StepState::waived);
}
