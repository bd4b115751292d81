#include "cli/chart_render.hpp"

#include <fmt/core.h>

#include "chart/functions/functions.hpp"
#include "chart/template/template_set.hpp"
#include "chart/values/dependencies.hpp"
#include "cli/chart_disk.hpp"
#include "cli/chart_source.hpp"
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

void check_complete(const chart::Chart& chart, const std::string& path) {
  try {
    chart::check_installable(chart);
  } catch (core::Error& error) {
    if (!path.empty() && !chart::missing_dependencies(chart).empty())
      error.add_hint(fmt::format("gpuctl chart dependency build {}, or --dependency-update", path));
    throw;
  }
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
  ChartSource source(arguments, world);
  source.locate();
  ChartDisk disk;
  request.values = chart::user_values(arguments.values, disk, source.values());
  out.tree = source.load(out.world.warn);
  if (arguments.dependency_update && !chart::missing_dependencies(out.tree->root()).empty()) {
    source.update_dependencies(out.world.warn);
    out.tree = source.load(out.world.warn);
  }
  const auto& chart = out.tree->root();
  check_complete(chart, source.path());
  if (chart.metadata->deprecated) out.world.warn("this chart is deprecated");
  chart::check_release_name(request.name);
  return out;
}

}  // namespace gpuctl::cli
