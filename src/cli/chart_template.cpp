#include "chart/render/output.hpp"
#include "cli/chart_render.hpp"
#include "cli/verbs.hpp"

namespace gpuctl::cli {

int chart_template(const Arguments& arguments, World& world) {
  auto run = chart_run(arguments.chart, world);
  const auto rendered = chart::render_release(*run.tree, run.request, run.world);
  chart::OutputOptions options;
  options.crds = arguments.chart.include_crds;
  options.hooks = !arguments.chart.no_hooks;
  options.tests = !arguments.chart.skip_tests;
  options.show_only = arguments.chart.show_only;
  world.out(chart::output_text(rendered, options));
  return 0;
}

}  // namespace gpuctl::cli
