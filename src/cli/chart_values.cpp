#include <fmt/core.h>

#include "chart/render/unused.hpp"
#include "chart/values/documents.hpp"
#include "chart/yaml_out.hpp"
#include "cli/chart_render.hpp"
#include "cli/verbs.hpp"

namespace gpuctl::cli {

int chart_values(const Arguments& arguments, World& world) {
  auto run = chart_run(arguments.chart, world);
  chart::RecordedReads reads;
  run.world.reads = &reads;
  const auto rendered = chart::render_release(*run.tree, run.request, run.world);
  world.out(chart::to_yaml(chart::Value(rendered.values)));
  for (const auto& unused : chart::unused_values(run.tree->root(), *run.request.values, rendered.values, reads)) {
    const auto hint = unused.nearest.empty() ? "" : fmt::format("; did you mean {}?", unused.nearest);
    world.err(fmt::format("values_unused: {} is read by no template and known to no schema{}\n", unused.path, hint));
  }
  return 0;
}

}  // namespace gpuctl::cli
