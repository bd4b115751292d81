#include "engine/provision.hpp"

#include <algorithm>
#include <atomic>

#include "engine/host_run.hpp"
#include "engine/parallel.hpp"
#include "engine/plan.hpp"
#include "engine/waive.hpp"

namespace gpuctl::engine {

namespace {

core::HostResult provision_lane(const Lane& lane, const core::HostResult& planned, const Reach& reach,
                                core::Progress& progress, const std::stop_token& stop, std::atomic<bool>& interrupted,
                                std::span<const core::HostResult> before) {
  HostRun run(lane, planned, reach, progress, stop, before);
  auto result = run.run();
  if (run.interrupted()) interrupted = true;
  return result;
}

bool is_done(const core::HostResult& host) {
  return host.unreachable.empty() && std::ranges::none_of(host.steps, [](const core::StepResult& step) {
           return step.state == core::StepState::failed || step.state == core::StepState::blocked;
         });
}

bool has_changed(const core::HostResult& host) {
  return std::ranges::any_of(host.steps,
                             [](const core::StepResult& step) { return step.state == core::StepState::done; });
}

/// The cluster's part where a host before it is not done.
core::HostResult not_begun(core::HostResult planned) {
  for (auto& step : planned.steps) {
    if (step.state == core::StepState::held || step.state == core::StepState::skipped) continue;
    step.state = core::StepState::skipped;
    step.because = "a host before it is not done";
  }
  return planned;
}

/// One provision over all lanes.
class ProvisionWalk {
 public:
  ProvisionWalk(std::span<const Lane> lanes, core::Report planned, const Hands& hands, core::Progress& progress,
                const std::stop_token& stop)
      : lanes_(lanes), report_(std::move(planned)), hands_(hands), progress_(progress), stop_(stop) {}

  core::Report run() {
    in_parallel(lanes_.size(), [this](std::size_t i) {
      if (!lanes_[i].cluster) go(i, false);
    });
    for (std::size_t i = 0; i < lanes_.size(); ++i)
      if (lanes_[i].cluster) go_on_to_cluster(i);
    report_.interrupted = report_.interrupted || interrupted_;
    return std::move(report_);
  }

 private:
  void go(std::size_t i, bool prove) {
    auto& result = report_.hosts[i];
    if (!result.unreachable.empty()) return;
    const auto before = std::span<const core::HostResult>(report_.hosts).first(lanes_[i].cluster ? i : 0);
    try {
      auto reach = hands_(lanes_[i]);
      reach.prove = reach.prove || prove;
      result = provision_lane(lanes_[i], result, reach, progress_, stop_, interrupted_, before);
    } catch (const core::Error& error) {
      note_error(result, error);
      if (error.kind() == core::ErrorKind::interrupted) interrupted_ = true;
    }
  }

  void go_on_to_cluster(std::size_t i) {
    const auto before = std::span(report_.hosts).first(i);
    if (std::ranges::all_of(before, is_done) && !interrupted_)
      go(i, std::ranges::any_of(before, has_changed));
    else
      report_.hosts[i] = not_begun(std::move(report_.hosts[i]));
  }

  std::span<const Lane> lanes_;
  core::Report report_;
  const Hands& hands_;
  core::Progress& progress_;
  const std::stop_token& stop_;
  std::atomic<bool> interrupted_ = false;
};

}  // namespace

core::Report provision(std::span<const Lane> lanes, const core::Report& planned, const Hands& hands,
                       core::Progress& progress, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  auto report = ProvisionWalk(lanes, planned, hands, progress, stop).run();
  report.verb = core::Verb::provision;
  if (!lanes.empty()) decide_waived(report, lanes.front().waivers);
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
