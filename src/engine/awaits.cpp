#include "engine/awaits.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "engine/fold.hpp"

namespace gpuctl::engine {

using core::StepResult;
using core::StepState;

namespace {

std::string with_suffix(const std::string& unit) {
  return unit.find('.') == std::string::npos ? unit + ".service" : unit;
}

std::vector<std::string> units_asked_about(const Task& task) {
  std::vector<std::string> units;
  for (const auto& probe : task.probes({}))
    if (const auto* asked = std::get_if<core::Unit>(&probe)) units.push_back(asked->name);
  return units;
}

bool one_of(const std::vector<std::string>& units, const std::string& unit) {
  return std::ranges::any_of(units, [&](const auto& other) { return same_unit(other, unit); });
}

/// A step that cannot be decided yet may still restart a unit that it asks about.
bool closes(const Task& task, const StepResult& step, const std::string& unit) {
  return one_of(units_started(task, step.change), unit) ||
         (step.state == StepState::later && one_of(units_asked_about(task), unit));
}

void close_one(std::span<const Task> tasks, std::vector<StepResult>& steps, std::size_t at, const std::string& unit) {
  for (std::size_t later = at + 1; later < steps.size(); ++later) {
    if (!closes(tasks[later], steps[later], unit)) continue;
    if (steps[at].because.empty()) steps[at].because = steps[later].name;
    return;
  }
  steps[at].state = StepState::failed;
  steps[at].why = fmt::format("it needs a restart of {}, and no later step does that", unit);
  steps[at].advice = fmt::format("put `service: {{unit: {}}}` after this step, or leave neither out", unit);
}

}  // namespace

bool same_unit(const std::string& a, const std::string& b) {
  return with_suffix(a) == with_suffix(b);
}

std::vector<std::string> awaited_units(const core::Change& change) {
  std::vector<std::string> units;
  for (const auto& gap : change.gaps)
    if (const auto* awaits = std::get_if<core::Awaits>(&gap.remedy))
      if (std::ranges::find(units, awaits->restart_of) == units.end()) units.push_back(awaits->restart_of);
  return units;
}

std::vector<std::string> restarted_units(const core::Change& change) {
  std::vector<std::string> units;
  for (const auto& action : core::actions_of(change))
    if (const auto* restart = std::get_if<core::RestartUnit>(&action)) units.push_back(restart->unit);
  return units;
}

std::vector<std::string> units_started(const Task& task, const core::Change& change) {
  auto units = restarted_units(change);
  if (has_wait(change))
    for (auto& unit : units_asked_about(task)) units.push_back(std::move(unit));
  return units;
}

void fail_unclosed(std::span<const Task> tasks, std::vector<StepResult>& steps) {
  for (std::size_t at = 0; at < steps.size(); ++at)
    for (const auto& unit : awaited_units(steps[at].change)) close_one(tasks, steps, at, unit);
}

}  // namespace gpuctl::engine
