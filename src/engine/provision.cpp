#include "engine/provision.hpp"

#include <algorithm>
#include <atomic>

#include "engine/host_run.hpp"
#include "engine/parallel.hpp"
#include "engine/plan.hpp"

namespace gpuctl::engine {

namespace {

core::HostResult provision_host(const Lane& lane, const core::HostResult& planned, const Hands& hands,
                                core::Progress& progress, const std::stop_token& stop, std::atomic<bool>& interrupted) {
  if (!planned.unreachable.empty()) return planned;
  try {
    HostRun run(lane, planned, hands(lane.host), progress, stop);
    auto result = run.run();
    if (run.interrupted()) interrupted = true;
    return result;
  } catch (const core::Error& error) {
    auto result = planned;
    note_error(result, error);
    if (error.kind() == core::ErrorKind::interrupted) interrupted = true;
    return result;
  }
}

}  // namespace

core::Report provision(std::span<const Lane> lanes, const core::Report& planned, const Hands& hands,
                       core::Progress& progress, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  core::Report report = planned;
  report.verb = core::Verb::provision;
  std::atomic<bool> interrupted = false;
  in_parallel(lanes.size(), [&](std::size_t i) {
    report.hosts[i] = provision_host(lanes[i], planned.hosts[i], hands, progress, stop, interrupted);
  });
  report.interrupted = planned.interrupted || interrupted;
  report.took =
      planned.took + std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  return report;
}

bool anything_to_do(const core::Report& planned) {
  return std::ranges::any_of(planned.hosts, [](const core::HostResult& host) {
    return host.unreachable.empty() && std::ranges::any_of(host.steps, [](const core::StepResult& step) {
             return !step.proof && !step.change.converged() && step.state != core::StepState::skipped;
           });
  });
}

}  // namespace gpuctl::engine
