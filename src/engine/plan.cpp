#include "engine/plan.hpp"

#include <algorithm>
#include <atomic>

#include "engine/fold.hpp"
#include "engine/gather.hpp"
#include "engine/parallel.hpp"
#include "engine/summary.hpp"

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
  for (const auto& task : lane.tasks) {
    result.steps.push_back(begin_result(task));
    if (!task.left_out) result.steps.back().because = "not asked";
    result.steps.back().state = core::StepState::skipped;
  }
  return result;
}

HostResult judge_host(const Lane& lane, core::Facts observed) {
  HostResult result;
  result.host = lane.host;
  result.steps = judge(lane.tasks, observed);
  result.summary = summary_of(observed);
  result.observed = std::move(observed);
  return result;
}

using Decide = std::function<HostResult(const Lane&, core::Observer&)>;

Report each_host(std::span<const Lane> lanes, const Look& look, core::Progress& progress, const std::stop_token& stop,
                 const Decide& decide) {
  const auto begin = Clockwork::now();
  Report report;
  report.hosts.resize(lanes.size());
  std::atomic<bool> interrupted = false;
  in_parallel(lanes.size(), [&](std::size_t i) {
    try {
      progress.connecting(lanes[i].host);
      auto& observer = look(lanes[i].host);
      report.hosts[i] = decide(lanes[i], observer);
    } catch (const core::Error& error) {
      report.hosts[i] = untouched(lanes[i]);
      note_error(report.hosts[i], error);
      if (error.kind() == core::ErrorKind::interrupted) interrupted = true;
    }
  });
  report.interrupted = interrupted || stop.stop_requested();
  report.took = since(begin);
  return report;
}

/// A question is asked only where the answers *and* the predictions upon them raise it: which versions an index offers
/// is not asked while an earlier step will refresh it.
HostResult plan_host(const Lane& lane, core::Observer& observer) {
  auto observed = observer.gather(questions(lane.tasks, {}));
  auto folded = fold(lane.tasks, observed);
  for (int round = 1; round < most_rounds && !folded.unasked.empty(); ++round) {
    // Replayed from the start: an answer that comes late must not lose the predictions made before it was known.
    observed.merge(observer.gather(core::unasked(folded.unasked, observed)));
    folded = fold(lane.tasks, observed);
  }
  HostResult result;
  result.host = lane.host;
  result.steps = std::move(folded.steps);
  result.summary = summary_of(observed);
  result.observed = std::move(observed);
  return result;
}

}  // namespace

void note_error(HostResult& result, const core::Error& error) {
  result.unreachable = error.message();
  for (const auto& context : error.trace())
    if (context != "while asking " + result.host.name) result.unreachable += "\n" + context;
  result.hint = error.hint();
  result.refused = error.kind() == core::ErrorKind::refused;
}

Report plan(std::span<const Lane> lanes, const Look& look, core::Progress& progress, const std::stop_token& stop) {
  auto report = each_host(lanes, look, progress, stop, plan_host);
  report.verb = core::Verb::plan;
  return report;
}

Report verify(std::span<const Lane> lanes, const Look& look, core::Progress& progress, const std::stop_token& stop) {
  auto report = each_host(lanes, look, progress, stop, [](const Lane& lane, core::Observer& observer) {
    return judge_host(lane, gather(lane.tasks, observer));
  });
  report.verb = core::Verb::verify;
  return report;
}

}  // namespace gpuctl::engine
