#include "chart/package/load.hpp"
#include "cli/chart_disk.hpp"
#include "cli/chart_source.hpp"
#include "cli/chart_vendor.hpp"
#include "cli/verbs.hpp"
#include "view/columns.hpp"

namespace gpuctl::cli {

namespace {

std::string folder_of(const ChartArguments& arguments) {
  auto out = arguments.positional.empty() ? std::string(".") : arguments.positional.front();
  while (out.size() > 1 && out.ends_with('/')) out.pop_back();
  return out;
}

int vendored(const Arguments& arguments, World& world, chart::Vendored (chart::Vendoring::*how)(const std::string&)) {
  ChartDisk disk;
  ChartSource source(arguments.chart, world);
  const auto folder = folder_of(arguments.chart);
  chart::Vendoring vendoring(disk, source.remote(), folder, [&](const std::string& line) { world.out(line + "\n"); });
  write_vendored(folder, (vendoring.*how)(lock_time()));
  return 0;
}

}  // namespace

int chart_dependency_build(const Arguments& arguments, World& world) {
  return vendored(arguments, world, &chart::Vendoring::build);
}

int chart_dependency_update(const Arguments& arguments, World& world) {
  return vendored(arguments, world, &chart::Vendoring::update);
}

int chart_dependency_list(const Arguments& arguments, World& world) {
  ChartDisk disk;
  const auto path = folder_of(arguments.chart);
  const auto tree =
      chart::load_chart(disk, path, [&](const std::string& what) { world.err("gpuctl: " + what + "\n"); });
  if (!tree->root().metadata->dependencies) {
    world.out("WARNING: no dependencies at " + (path == "." ? "" : path + "/") + "charts\n");
    return 0;
  }
  auto rows = chart::dependency_rows(disk, path, tree->root());
  rows.insert(rows.begin(), {"NAME", "VERSION", "REPOSITORY", "STATUS"});
  world.out(view::columns(rows, arguments.chart.max_col_width) + "\n");
  for (const auto& line : chart::stray_charts(disk, path, tree->root())) world.out(line + "\n");
  return 0;
}

}  // namespace gpuctl::cli
