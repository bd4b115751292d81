#include "view/totals.hpp"

#include <fmt/core.h>

#include <vector>

#include "util/strings.hpp"
#include "view/detail.hpp"

namespace gpuctl::view {

using core::Report;
using core::StepState;
using core::Verb;

namespace {

struct Counts {
  int steps = 0, held = 0, change = 0, failed = 0, blocked = 0, done = 0, skipped = 0, waived = 0, restarts = 0,
      proofs = 0, findings = 0, unreachable = 0;
  bool cluster_away = false;
};

void count(Counts& counts, const core::StepResult& step) {
  if (step.state == StepState::skipped && step.because == "left out") return;
  ++counts.steps;
  counts.findings += static_cast<int>(step.broken_promises.size() + step.unforeseen.size());
  counts.restarts += static_cast<int>(restarts_of(step.change).size());
  if (step.proof && step.state == StepState::later)
    ++counts.proofs;
  else if (step.state == StepState::held)
    ++counts.held;
  else if (step.state == StepState::failed)
    ++counts.failed;
  else if (step.state == StepState::blocked)
    ++counts.blocked;
  else if (step.state == StepState::done)
    ++counts.done;
  else if (step.state == StepState::skipped)
    ++counts.skipped;
  else if (step.state == StepState::waived)
    ++counts.waived;
  else
    ++counts.change;
}

Counts counts_of(const Report& report) {
  Counts counts;
  for (const auto& host : report.hosts) {
    if (!host.unreachable.empty()) {
      ++counts.unreachable;
      counts.cluster_away = counts.cluster_away || host.cluster;
      continue;
    }
    for (const auto& step : host.steps) count(counts, step);
  }
  return counts;
}

std::string many(int number, const char* one) {
  return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
}

std::string plan_totals(const Counts& c) {
  std::vector<std::string> parts;
  if (c.change > 0) parts.push_back(fmt::format("{} of {} change", c.change, many(c.steps, "step")));
  if (c.failed > 0) parts.push_back(fmt::format("{} cannot be repaired by gpuctl", many(c.failed, "step")));
  if (c.blocked > 0) parts.push_back(fmt::format("{} blocked", c.blocked));
  if (parts.empty()) {
    auto out = fmt::format("Nothing to do: {} as declared", many(c.steps - c.proofs - c.waived, "step"));
    if (c.waived > 0) out += fmt::format(", {} waived", c.waived);
    return out + ".";
  }
  if (c.restarts > 0) parts.push_back(many(c.restarts, "restart"));
  if (c.proofs > 0) parts.push_back(many(c.proofs, "proof"));
  return util::join(parts, ", ") + ". Nothing was written.";
}

std::string verify_totals(const Counts& c) {
  const auto held = c.steps - c.waived - c.skipped;
  if (c.failed + c.blocked + c.waived + c.skipped == 0)
    return c.steps == 1 ? "1 step holds." : fmt::format("All {} steps hold.", c.steps);
  if (c.failed + c.blocked == 0) {
    auto out = many(held, "step") + (held == 1 ? " holds" : " hold");
    if (c.waived > 0) out += fmt::format(", {} waived", c.waived);
    if (c.skipped > 0) out += fmt::format(", {} not run", c.skipped);
    return out + ".";
  }
  auto out = fmt::format("{} of {} failed", c.failed, many(c.steps, "step"));
  if (c.blocked > 0) out += fmt::format(", {} blocked", c.blocked);
  if (c.waived > 0) out += fmt::format(", {} waived", c.waived);
  return out + ".";
}

std::string provision_totals(const Counts& c) {
  std::vector<std::string> parts;
  if (c.done > 0) parts.push_back(fmt::format("{} done", c.done));
  if (c.held > 0) parts.push_back(fmt::format("{} as declared", c.held));
  if (c.failed > 0) parts.push_back(fmt::format("{} failed", c.failed));
  if (c.blocked > 0) parts.push_back(fmt::format("{} blocked", c.blocked));
  if (c.waived > 0) parts.push_back(fmt::format("{} waived", c.waived));
  if (c.skipped > 0) parts.push_back(fmt::format("{} not begun", c.skipped));
  if (c.findings > 0) parts.push_back(many(c.findings, "finding"));
  return fmt::format("{}: {}.", many(c.steps, "step"), util::join(parts, ", "));
}

std::string not_asked(const Counts& c) {
  const int hosts = c.unreachable - (c.cluster_away ? 1 : 0);
  if (hosts == 0) return "The cluster could not be asked.";
  return fmt::format("{}{} could not be asked.", many(hosts, "host"), c.cluster_away ? " and the cluster" : "");
}

}  // namespace

std::string totals(const Report& report) {
  const auto counts = counts_of(report);
  std::string out;
  if (counts.steps > 0 || counts.unreachable == 0) {
    out = report.verb == Verb::plan     ? plan_totals(counts)
          : report.verb == Verb::verify ? verify_totals(counts)
                                        : provision_totals(counts);
  }
  const auto add = [&](const std::string& sentence) { out += (out.empty() ? "" : " ") + sentence; };
  if (counts.unreachable > 0) add(not_asked(counts));
  if (report.interrupted)
    add(report.verb == Verb::provision
            ? "Interrupted: what was begun on a node goes on there, and the next run finds it."
            : "Interrupted.");
  return out;
}

}  // namespace gpuctl::view
