#include "chart/eval/eval.hpp"
#include "cli/chart_render.hpp"
#include "cli/verbs.hpp"

namespace gpuctl::cli {

int chart_eval(const Arguments&, World& world) {
  const auto surroundings = chart_surroundings(world);
  std::string line;
  while (world.line(line))
    if (!line.empty()) world.out(chart::evaluated(line, surroundings));
  return 0;
}

}  // namespace gpuctl::cli
