#include "engine/plan.hpp"

#include <algorithm>
#include <atomic>

#include "engine/blocked.hpp"
#include "engine/fold.hpp"
#include "engine/gather.hpp"
#include "engine/parallel.hpp"
#include "engine/prove.hpp"
#include "engine/summary.hpp"
#include "engine/waive.hpp"

namespace gpuctl::engine {

using core::HostResult;
using core::Report;

namespace {

using Clockwork = std::chrono::steady_clock;

std::chrono::milliseconds since(Clockwork::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clockwork::now() - begin);
}

HostResult untouched(const Lane& lane) {
  HostResult result;
  result.host = lane.host;
  result.cluster = lane.cluster;
  for (const auto& task : lane.tasks) {
    result.steps.push_back(begin_result(task));
    if (!task.left_out) result.steps.back().because = "not asked";
    result.steps.back().state = core::StepState::skipped;
  }
  return result;
}

HostResult result_of(const Lane& lane, std::vector<core::StepResult> steps, core::Facts observed) {
  HostResult result;
  result.host = lane.host;
  result.cluster = lane.cluster;
  result.steps = std::move(steps);
  result.summary = summary_of(observed);
  result.observed = std::move(observed);
  return result;
}

/// What is done with one lane: its first questions, asked of all lanes at once, and then what is made of the answers,
/// with the hosts that come before it.
struct Work {
  std::function<core::Facts(const Lane&, core::Observer&)> ask;
  std::function<HostResult(const Lane&, core::Facts, core::Observer&, std::span<const HostResult> before)> decide;
};

/// One run over all lanes.
class PlanWalk {
 public:
  PlanWalk(std::span<const Lane> lanes, const Look& look, core::Progress& progress, const Work& work)
      : lanes_(lanes), look_(look), progress_(progress), work_(work), answers_(lanes.size()) {
    report_.hosts.resize(lanes.size());
  }

  Report run(const std::stop_token& stop) {
    const auto begin = Clockwork::now();
    in_parallel(lanes_.size(), [this](std::size_t i) {
      guarded(i, [&] {
        progress_.connecting(lanes_[i].host);
        auto& observer = look_(lanes_[i]);
        answers_[i] = work_.ask(lanes_[i], observer);
        if (!lanes_[i].cluster) decide(i, observer, {});
      });
    });
    // The cluster's part stands on what the hosts are, so it is decided when they are.
    for (std::size_t i = 0; i < lanes_.size(); ++i)
      if (lanes_[i].cluster && report_.hosts[i].unreachable.empty())
        guarded(i, [&] { decide(i, look_(lanes_[i]), std::span(report_.hosts).first(i)); });
    report_.interrupted = interrupted_ || stop.stop_requested();
    report_.took = since(begin);
    return std::move(report_);
  }

 private:
  void decide(std::size_t i, core::Observer& observer, std::span<const HostResult> before) {
    report_.hosts[i] = work_.decide(lanes_[i], std::move(answers_[i]), observer, before);
  }

  void guarded(std::size_t i, const std::function<void()>& work) {
    try {
      work();
    } catch (const core::Error& error) {
      report_.hosts[i] = untouched(lanes_[i]);
      note_error(report_.hosts[i], error);
      if (error.kind() == core::ErrorKind::interrupted) interrupted_ = true;
    }
  }

  std::span<const Lane> lanes_;
  const Look& look_;
  core::Progress& progress_;
  const Work& work_;
  std::vector<core::Facts> answers_;
  Report report_;
  std::atomic<bool> interrupted_ = false;
};

/// A question is asked only where the answers *and* the predictions upon them raise it: which versions an index offers
/// is not asked while an earlier step will refresh it.
HostResult plan_lane(const Lane& lane, core::Facts observed, core::Observer& observer,
                     std::span<const HostResult> before) {
  auto folded = fold(lane.tasks, observed, before);
  for (int round = 1; round < most_rounds && !folded.unasked.empty(); ++round) {
    // Replayed from the start: an answer that comes late must not lose the predictions made before it was known.
    observed.merge(observer.gather(core::unasked(folded.unasked, observed)));
    folded = fold(lane.tasks, observed, before);
  }
  return result_of(lane, std::move(folded.steps), std::move(observed));
}

std::vector<core::Waiver> waivers_of(std::span<const Lane> lanes) {
  std::vector<core::Waiver> out;
  for (const auto& lane : lanes)
    if (out.empty()) out = lane.waivers;
  return out;
}

}  // namespace

void note_error(HostResult& result, const core::Error& error) {
  result.unreachable = error.message();
  const auto where = error.where().text();
  if (!where.empty() && error.message().find(where) == std::string::npos) result.unreachable += "\nin " + where;
  for (const auto& context : error.trace())
    if (context != "while asking " + result.host.name) result.unreachable += "\n" + context;
  result.hint = error.hint();
  result.refused = error.kind() == core::ErrorKind::refused;
}

Report plan(std::span<const Lane> lanes, const Look& look, core::Progress& progress, const std::stop_token& stop) {
  const Work work{[](const Lane& lane, core::Observer& observer) { return observer.gather(questions(lane, {})); },
                  plan_lane};
  auto report = PlanWalk(lanes, look, progress, work).run(stop);
  report.verb = core::Verb::plan;
  decide_waived(report, waivers_of(lanes));
  return report;
}

Report verify(std::span<const Lane> lanes, const Look& look, core::Progress& progress, const std::stop_token& stop,
              const Proofs& proofs) {
  const Work work{[](const Lane& lane, core::Observer& observer) { return gather(lane, observer); },
                  [&](const Lane& lane, core::Facts observed, core::Observer&, std::span<const HostResult> before) {
                    auto steps = judge(lane.tasks, observed, before);
                    auto result = result_of(lane, std::move(steps), std::move(observed));
                    if (proofs && std::ranges::any_of(lane.tasks, asks_for_proof))
                      prove(lane, result, result.observed, proofs(lane), progress, stop);
                    return result;
                  }};
  auto report = PlanWalk(lanes, look, progress, work).run(stop);
  report.verb = core::Verb::verify;
  decide_waived(report, waivers_of(lanes));
  for (std::size_t i = 0; i < lanes.size(); ++i)
    mark_blocked(lanes[i].tasks, report.hosts[i].steps, std::span(report.hosts).first(lanes[i].cluster ? i : 0));
  return report;
}

}  // namespace gpuctl::engine
