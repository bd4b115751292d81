#include "engine/gather.hpp"

namespace gpuctl::engine {

namespace {

template <class P>
void drop(std::vector<core::Probe>& probes) {
  std::erase_if(probes, [](const core::Probe& probe) { return std::holds_alternative<P>(probe); });
}

}  // namespace

std::vector<core::Probe> questions(std::span<const Task> tasks, const core::Facts& known) {
  std::vector<core::Probe> wanted;
  for (const auto& task : tasks) {
    if (task.left_out) continue;
    auto more = task.probes(known);
    wanted.insert(wanted.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  drop<core::PodProof>(wanted);
  return core::unasked(wanted, {});
}

std::vector<core::Probe> questions(const Lane& lane, const core::Facts& known) {
  std::vector<core::Probe> wanted;
  if (lane.cluster)
    wanted.emplace_back(core::KubeServer{});
  else
    wanted = {core::Clock{}, core::Platform{}};
  auto more = questions(lane.tasks, known);
  wanted.insert(wanted.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return core::unasked(wanted, {});
}

core::Facts gather(const Lane& lane, core::Observer& observer) {
  core::Facts known;
  for (int round = 0; round < most_rounds; ++round) {
    auto open = core::unasked(questions(lane, known), known);
    drop<core::KubeDryRun>(open);
    if (open.empty()) break;
    known.merge(observer.gather(open));
  }
  return known;
}

}  // namespace gpuctl::engine
