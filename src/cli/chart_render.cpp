#include "cli/chart_render.hpp"

#include <fmt/core.h>

#include "chart/functions/functions.hpp"
#include "chart/package/load.hpp"
#include "chart/template/template_set.hpp"
#include "cli/chart_disk.hpp"
#include "cli/workshop.hpp"
#include "cli/zone.hpp"
#include "core/error.hpp"

namespace gpuctl::cli {

namespace {

/// A name made by a template of Sprig's functions, which sees nothing.
std::string made_name(const std::string& text, const chart::Surroundings& world) {
  try {
    chart::TemplateSet set(chart::sprig_functions());
    set.add("name-template", text);
    chart::RenderEngine engine(set, world, false);
    std::string out;
    set.execute("name-template", chart::Value(), engine, out);
    return out;
  } catch (const chart::TemplateError& error) {
    throw core::Error(core::ErrorKind::usage, error.what());
  }
}

std::string release_name(const ChartArguments& arguments, const chart::Surroundings& world) {
  if (arguments.positional.size() == 2) {
    const char* flag = arguments.generate_name            ? "--generate-name"
                       : !arguments.name_template.empty() ? "--name-template"
                                                          : nullptr;
    if (flag != nullptr)
      throw core::Error(core::ErrorKind::usage, fmt::format("cannot set {} and also specify a name", flag));
    return arguments.positional[0];
  }
  // What Helm calls a release that has no name to be rendered.
  return arguments.name_template.empty() ? "release-name" : made_name(arguments.name_template, world);
}

}  // namespace

chart::Surroundings chart_surroundings(World& world) {
  chart::Surroundings out;
  out.now = [] { return std::chrono::system_clock::now(); };
  out.random = random_bytes;
  out.zone = [&world](const std::string& name) { return zone_file(world, name); };
  out.warn = [&world](const std::string& what) { world.err("gpuctl: " + what + "\n"); };
  return out;
}

ChartRun chart_run(const ChartArguments& arguments, World& world) {
  ChartRun out;
  out.world = chart_surroundings(world);
  auto& request = out.request;
  request.capabilities = chart::default_capabilities();
  if (!arguments.kube_version.empty()) request.capabilities.kube = chart::parse_kube_version(arguments.kube_version);
  auto& versions = request.capabilities.api_versions;
  versions.insert(versions.end(), arguments.api_versions.begin(), arguments.api_versions.end());
  request.name = release_name(arguments, out.world);
  request.name_space = arguments.name_space;
  request.is_upgrade = arguments.is_upgrade;
  request.skip_schema = arguments.skip_schema;
  ChartDisk disk;
  request.values = chart::user_values(arguments.values, disk);
  auto path = arguments.positional.back();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  out.tree = chart::load_chart(disk, path, out.world.warn);
  const auto& chart = out.tree->root();
  chart::check_installable(chart);
  if (chart.metadata->deprecated) out.world.warn("this chart is deprecated");
  chart::check_release_name(request.name);
  return out;
}

}  // namespace gpuctl::cli
