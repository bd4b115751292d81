#include "engine/settle.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "engine/fold.hpp"
#include "engine/gather.hpp"

namespace gpuctl::engine {

namespace {

/// The clock always moves: waiting for it to change is no waiting.
std::vector<core::Probe> without_clock(std::vector<core::Probe> probes) {
  std::erase_if(probes, [](const core::Probe& probe) { return std::holds_alternative<core::Clock>(probe); });
  return probes;
}

core::Facts only(std::span<const core::Probe> probes, const core::Facts& known) {
  core::Facts out;
  for (const auto& probe : probes)
    if (const auto* answer = known.find(probe)) out.set(probe, *answer);
  return out;
}

void ask_what_is_open(const Task& task, core::Facts& known, core::Observer& observer) {
  for (int round = 0; round < most_rounds; ++round) {
    const auto open = core::unasked(task.probes(known), known);
    if (open.empty()) return;
    known.merge(observer.gather(open));
  }
}

/// What explains a gap was asked when the wait began; told is how it stands at its end.
core::Change at_the_end(const Task& task, core::Facts& known, core::Observer& observer, core::Change change) {
  try {
    known.merge(observer.gather(without_clock(questions({&task, 1}, known))));
  } catch (const core::Error& error) {
    if (error.kind() != core::ErrorKind::unreachable) throw;
    return change;
  }
  return task.plan(known);
}

const core::Gap& first_open(const core::Change& change) {
  return *std::ranges::find_if(change.gaps,
                               [](const auto& gap) { return !std::holds_alternative<core::Awaits>(gap.remedy); });
}

}  // namespace

core::Change settle(const Task& task, core::Facts& known, core::Observer& observer, core::Deadline deadline,
                    const std::function<void(const core::Gap&)>& waits, std::span<const core::Probe> beside) {
  for (;;) {
    ask_what_is_open(task, known, observer);
    auto change = task.plan(known);
    if (only_awaits(change) || has_never(change)) return change;
    if (std::chrono::steady_clock::now() >= deadline) return at_the_end(task, known, observer, std::move(change));
    const auto& open = first_open(change);
    waits(open);
    auto probes = without_clock(open.asked.empty() ? task.probes(known) : open.asked);
    if (probes.empty()) return change;
    probes.insert(probes.end(), beside.begin(), beside.end());
    known.merge(observer.wait(probes, only(probes, known), deadline));
  }
}

}  // namespace gpuctl::engine
