#include "engine/task.hpp"

namespace gpuctl::engine {

Task make_task(std::string name, core::Where where, std::optional<std::chrono::milliseconds> settle,
               const steps::Step& step) {
  Task task;
  task.name = std::move(name);
  task.kind = std::string(step.kind());
  task.title = step.title();
  task.proof = step.proof();
  task.where = std::move(where);
  for (const auto kind : step.stands_on()) task.stands_on.emplace_back(kind);
  task.settle = settle.value_or(step.settle());
  task.probes = [step](const core::Facts& known) { return step.probes(known); };
  task.plan = [step](const core::Facts& known) { return step.plan(known); };
  return task;
}

}  // namespace gpuctl::engine
