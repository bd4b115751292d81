#include "engine/gather.hpp"

namespace gpuctl::engine {

std::vector<core::Probe> questions(std::span<const Task> tasks, const core::Facts& known) {
  std::vector<core::Probe> wanted{core::Clock{}, core::Platform{}};
  for (const auto& task : tasks) {
    if (task.left_out) continue;
    auto more = task.probes(known);
    wanted.insert(wanted.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return core::unasked(wanted, {});
}

core::Facts gather(std::span<const Task> tasks, core::Observer& observer) {
  core::Facts known;
  for (int round = 0; round < most_rounds; ++round) {
    const auto open = core::unasked(questions(tasks, known), known);
    if (open.empty()) break;
    known.merge(observer.gather(open));
  }
  return known;
}

}  // namespace gpuctl::engine
