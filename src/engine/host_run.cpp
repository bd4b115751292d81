#include "engine/host_run.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "engine/awaits.hpp"
#include "engine/blocked.hpp"
#include "engine/evidence.hpp"
#include "engine/fold.hpp"
#include "engine/gather.hpp"
#include "engine/plan.hpp"
#include "engine/prove.hpp"
#include "engine/settle.hpp"
#include "engine/subset.hpp"

namespace gpuctl::engine {

using core::Change;
using core::StepResult;
using core::StepState;
using Clockwork = std::chrono::steady_clock;

namespace {

/// What is dear to ask and rarely moved by a step: looked at again at the end, not after every step.
bool cheap(const core::Probe& probe) {
  return !std::holds_alternative<core::Command>(probe) && !std::holds_alternative<core::Download>(probe) &&
         !std::holds_alternative<core::Available>(probe) &&
         !std::holds_alternative<core::HandlersAfterConfigure>(probe) &&
         !std::holds_alternative<core::KubeDryRun>(probe) && !std::holds_alternative<core::KubeLog>(probe) &&
         !std::holds_alternative<core::PodProof>(probe);
}

std::vector<core::Check> checks_of(const Change& change) {
  std::vector<core::Check> checks = change.held;
  for (const auto& gap : change.gaps) checks.push_back(gap.check);
  return checks;
}

const char* after_changes = "the steps before it are not done";

}  // namespace

HostRun::HostRun(const Lane& lane, core::HostResult planned, Reach reach, core::Progress& progress,
                 std::stop_token stop, std::span<const core::HostResult> before)
    : lane_(lane),
      result_(std::move(planned)),
      reach_(reach),
      progress_(progress),
      stop_(std::move(stop)),
      before_(before) {
  known_ = result_.observed;
  for (const auto& [probe, answer] : known_.all()) observed_.insert(probe);
}

core::HostResult HostRun::run() {
  if (refuse()) return std::move(result_);
  for (std::size_t at = 0; at < lane_.tasks.size(); ++at) {
    if (stop_.stop_requested()) {
      interrupted_ = true;
      skip_from(at, "interrupted");
      return std::move(result_);
    }
    const auto begin = Clockwork::now();
    const bool go_on = step(at);
    result_.steps[at].took = std::chrono::duration_cast<std::chrono::milliseconds>(Clockwork::now() - begin);
    if (!go_on) {
      skip_from(at + 1, after_changes);
      return std::move(result_);
    }
  }
  last_look();
  return std::move(result_);
}

/// A host with a gap that nobody closes is not touched: half a change is worse than none.
bool HostRun::refuse() {
  const bool never = std::ranges::any_of(
      result_.steps, [](const StepResult& step) { return step.state == StepState::failed && !step.proof; });
  if (!never) return false;
  for (auto& step : result_.steps) {
    if (step.state == StepState::failed || step.state == StepState::blocked || step.state == StepState::held) continue;
    step.state = StepState::skipped;
    step.because = "nothing was done on this host";
  }
  return true;
}

/// False when the host ends here.
bool HostRun::step(std::size_t at) {
  auto& result = result_.steps[at];
  const auto& task = lane_.tasks[at];
  if (task.left_out || task.proof || result.change.converged()) return true;
  progress_.step_begins(lane_.host, result);
  bool ok = false;
  try {
    ok = replan(at) && perform(at) && settle_awaiting(at);
  } catch (const core::Error& error) {
    interrupted_ = error.kind() == core::ErrorKind::interrupted;
    result.state = StepState::failed;
    result.why = error.message();
    result.advice = error.hint();
    if (error.kind() == core::ErrorKind::unreachable) {
      if (!result.advice.empty()) result.advice += "; then ";
      result.advice += "run it again: it first looks what of this has taken effect";
    }
    for (const auto& context : error.trace()) result.why += ", " + context;
  }
  progress_.step_ends(lane_.host, result);
  return ok;
}

/// Plans the step again on what is known now. Only a step that could not be decided before may now do more than was
/// shown.
bool HostRun::replan(std::size_t at) {
  auto& result = result_.steps[at];
  const auto& task = lane_.tasks[at];
  refresh({&task, 1});
  auto fresh = task.plan(known_);
  const bool undecided = has_later(result.change);
  if (!undecided && !is_part_of(fresh, result.change)) {
    fail(at, fresh, "the steps before it did not leave what was predicted, and it would now do what was not shown");
    result.advice = "run gpuctl plan: it shows what is needed now";
    return false;
  }
  result.change = std::move(fresh);
  if (has_never(result.change)) {
    fail(at, result.change, "");
    return false;
  }
  if (result.change.converged()) {
    result.state = StepState::held;
    result.checks = checks_of(result.change);
  }
  return true;
}

bool HostRun::perform(std::size_t at) {
  auto& result = result_.steps[at];
  if (result.change.converged()) return true;
  const auto& task = lane_.tasks[at];
  const auto actions = core::actions_of(result.change);
  const core::Facts before = known_;
  core::Facts predicted = known_;
  replay_as(task.name, result.change, predicted);
  if (!actions.empty()) {
    const auto then = to_look_at(at, predicted);
    auto done = reach_.actor.perform(actions, then);
    acted_ = true;
    merge_done(result.change, done.facts);
    if (!done.ok) {
      result.evidence = done.evidence;
      fail(at, task.plan(known_), done.why);
      if (!done.advice.empty()) result.advice = done.advice;
      return false;
    }
  }
  const auto beside = asked_by_awaiting();
  const auto waits = [&](const core::Gap& gap) {
    observed_ = {beside.begin(), beside.end()};  // all else goes on while we wait
    progress_.step_waits(lane_.host, result, gap.check.what);
  };
  const auto left = settle(task, known_, reach_.observer, Clockwork::now() + task.settle, waits, beside);
  for (const auto& probe : task.probes(known_)) observed_.insert(probe);
  note_findings(at, before, predicted);
  result.checks = checks_of(left);
  if (!only_awaits(left)) {
    fail(at, left, "");
    result.evidence = last_words(result.change, reach_.observer);
    return false;
  }
  result.state = left.converged() ? StepState::done : StepState::awaits;
  if (!left.converged()) awaiting_.push_back(at);
  return true;
}

/// What is asked of the steps that wait for a restart travels along with the waits, so that their turn costs nothing.
std::vector<core::Probe> HostRun::asked_by_awaiting() const {
  std::vector<core::Probe> out;
  for (const auto at : awaiting_)
    for (auto& probe : lane_.tasks[at].probes(known_))
      if (cheap(probe) && !std::holds_alternative<core::Clock>(probe)) out.push_back(std::move(probe));
  return core::unasked(out, {});
}

void HostRun::merge_done(const Change& change, const core::Facts& gathered) {
  core::replay(change, known_);
  known_.merge(gathered);
  observed_.clear();
  for (const auto& [probe, answer] : gathered.all()) observed_.insert(probe);
}

/// What a step waits for changes without an action: that is foreseen.
std::set<core::Probe, core::ProbeLess> HostRun::waited_for() const {
  std::set<core::Probe, core::ProbeLess> out;
  for (std::size_t at = 0; at < lane_.tasks.size(); ++at)
    if (has_wait(result_.steps[at].change))
      for (const auto& probe : lane_.tasks[at].probes(known_)) out.insert(probe);
  return out;
}

void HostRun::note_findings(std::size_t at, const core::Facts& before, const core::Facts& predicted) {
  const auto moving = waited_for();
  core::Facts seen;
  core::Facts steady;
  for (const auto& probe : observed_) {
    const auto* answer = known_.find(probe);
    if (!answer) continue;
    seen.set(probe, *answer);
    if (!moving.contains(probe)) steady.set(probe, *answer);
  }
  auto& result = result_.steps[at];
  result.broken_promises = compare(before, predicted, seen).broken_promises;
  result.unforeseen = compare(before, predicted, steady).unforeseen;
}

/// After a restart, what waited for it must hold.
bool HostRun::settle_awaiting(std::size_t closer) {
  const auto restarted = units_started(lane_.tasks[closer], result_.steps[closer].change);
  for (auto it = awaiting_.begin(); it != awaiting_.end();) {
    const auto at = *it;
    const auto units = awaited_units(result_.steps[at].change);
    const bool closed = std::ranges::any_of(units, [&](const auto& unit) {
      return std::ranges::any_of(restarted, [&](const auto& other) { return same_unit(unit, other); });
    });
    if (!closed) {
      ++it;
      continue;
    }
    it = awaiting_.erase(it);
    const auto& task = lane_.tasks[at];
    refresh({&task, 1});
    const auto left = come_to_rest(at);
    result_.steps[at].checks = checks_of(left);
    if (!left.converged()) {
      fail(at, left, "");
      result_.steps[at].evidence = last_words(result_.steps[closer].change, reach_.observer);
      return false;
    }
    result_.steps[at].state = StepState::done;
  }
  return true;
}

/// Once more everything that was not asked since the last action; proofs are decided here.
void HostRun::last_look() {
  try {
    if (acted_) refresh(lane_.tasks);
    for (std::size_t at = 0; at < lane_.tasks.size(); ++at) judge_at_last(at);
  } catch (const core::Error& error) {
    interrupted_ = error.kind() == core::ErrorKind::interrupted;
    if (!interrupted_) note_error(result_, error);
    return;
  }
  mark_blocked(lane_.tasks, result_.steps, before_);
  run_proofs();
}

void HostRun::judge_at_last(std::size_t at) {
  auto& result = result_.steps[at];
  const auto& task = lane_.tasks[at];
  if (task.left_out || asks_for_proof(task) || (!acted_ && !task.proof)) return;
  auto change = task.plan(known_);
  // What a later step has stirred comes to rest with time, as it did at the step itself.
  if (state_of(change) == StepState::awaits) change = come_to_rest(at);
  result.checks = checks_of(change);
  if (!change.converged())
    fail(at, change, "");
  else if (task.proof)
    result.state = StepState::held;
}

Change HostRun::come_to_rest(std::size_t at) {
  const auto& task = lane_.tasks[at];
  return settle(task, known_, reach_.observer, Clockwork::now() + task.settle,
                [&](const core::Gap& gap) { progress_.step_waits(lane_.host, result_.steps[at], gap.check.what); });
}

/// What an earlier run has not brought to a good end is brought there by this one.
bool HostRun::is_proof_left() const {
  return std::ranges::any_of(
      lane_.tasks, [&](const Task& task) { return !task.left_out && engine::is_proof_left(task, *reach_.prover); });
}

/// After any change, and when it was asked for.
void HostRun::run_proofs() {
  if (std::ranges::none_of(lane_.tasks, asks_for_proof)) return;
  if (reach_.prover && (acted_ || reach_.prove || is_proof_left())) {
    prove(lane_, result_, known_, *reach_.prover, progress_, stop_);
    interrupted_ = interrupted_ || stop_.stop_requested();
    return;
  }
  for (std::size_t at = 0; at < lane_.tasks.size(); ++at) {
    if (!asks_for_proof(lane_.tasks[at]) || lane_.tasks[at].left_out) continue;
    result_.steps[at].state = StepState::skipped;
    result_.steps[at].because = "nothing has changed; --prove runs it all the same";
    result_.steps[at].change = {};
  }
}

/// Asks what the tasks want to know and nobody asked since the last action, and what the answers raise.
void HostRun::refresh(std::span<const Task> tasks) {
  for (int round = 0; round < most_rounds; ++round) {
    auto wanted = questions(tasks, known_);
    if (!lane_.cluster) wanted.emplace_back(core::Clock{});
    std::erase_if(wanted, [&](const core::Probe& probe) { return observed_.contains(probe); });
    if (wanted.empty()) return;
    known_.merge(reach_.observer.gather(wanted));
    observed_.insert(wanted.begin(), wanted.end());
  }
}

void HostRun::skip_from(std::size_t from, const std::string& why) {
  for (std::size_t at = from; at < result_.steps.size(); ++at) {
    auto& step = result_.steps[at];
    if (step.state == StepState::held || step.state == StepState::skipped) continue;
    step.state = StepState::skipped;
    step.because = why;
  }
}

void HostRun::fail(std::size_t at, const Change& left, std::string why) {
  auto& result = result_.steps[at];
  result.state = StepState::failed;
  result.checks = checks_of(left);
  result.why = std::move(why);
  for (const auto& gap : left.gaps)
    if (const auto* never = std::get_if<core::Never>(&gap.remedy)) result.advice = never->advice;
}

/// What will be asked if all goes as predicted; where it does not, the rest is asked when it is missed.
std::vector<core::Probe> HostRun::to_look_at(std::size_t at, const core::Facts& predicted) const {
  std::vector<core::Probe> out = lane_.tasks[at].probes(predicted);
  for (const auto& [probe, answer] : known_.all())
    if (cheap(probe)) out.push_back(probe);
  // The next step's own questions travel along, so that it needs no round trip before it acts.
  for (std::size_t next = at + 1; next < lane_.tasks.size(); ++next) {
    if (lane_.tasks[next].left_out || lane_.tasks[next].proof || result_.steps[next].change.converged()) continue;
    for (auto& probe : lane_.tasks[next].probes(known_)) out.push_back(std::move(probe));
    std::erase_if(out, [](const core::Probe& probe) { return std::holds_alternative<core::PodProof>(probe); });
    return core::unasked(out, {});
  }
  // After the last one comes the last look at everything; it travels along as well.
  const auto all = questions(lane_, predicted);
  out.insert(out.end(), all.begin(), all.end());
  std::erase_if(out, [](const core::Probe& probe) { return std::holds_alternative<core::KubeDryRun>(probe); });
  return core::unasked(out, {});
}

}  // namespace gpuctl::engine
