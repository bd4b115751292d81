#include "engine/task.hpp"

namespace gpuctl::engine {

core::StepResult begin_result(const Task& task) {
  core::StepResult result;
  result.name = task.name;
  result.kind = task.kind;
  result.title = task.title;
  result.proof = task.proof;
  result.where = task.where;
  if (task.left_out) {
    result.state = core::StepState::skipped;
    result.because = "left out";
  }
  return result;
}

}  // namespace gpuctl::engine
