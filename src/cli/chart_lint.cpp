#include "chart/render/lint.hpp"

#include <fmt/core.h>

#include "cli/chart_disk.hpp"
#include "cli/chart_render.hpp"
#include "cli/chart_source.hpp"
#include "cli/verbs.hpp"
#include "core/error.hpp"

namespace gpuctl::cli {

namespace {

using Severity = chart::LintMessage::Severity;

/// What is said of one chart, and whether it failed.
struct Linted {
  std::string text;
  bool warned = false;
  bool failed = false;
};

Linted linted(const std::string& path, const ChartArguments& arguments, const chart::ReleaseRequest& request,
              World& world) {
  Linted out;
  out.text = fmt::format("==> Linting {}\n", path);
  ChartDisk disk;
  try {
    for (const auto& message : chart::lint(disk, path, request, chart_surroundings(world))) {
      out.warned = out.warned || message.severity != Severity::info;
      out.failed = out.failed || message.severity == Severity::error ||
                   (arguments.strict && message.severity == Severity::warning);
      if (!arguments.quiet || message.severity != Severity::info) out.text += message.line() + "\n";
    }
  } catch (const core::Error& error) {
    out.text += "Error " + error.message() + "\n";
    out.warned = out.failed = true;
  }
  out.text += "\n";
  return out;
}

void add_subcharts(chart::Disk& disk, const std::string& path, std::vector<std::string>& out) {
  if (disk.look(path + "/charts") != chart::Disk::What::folder) return;
  for (const auto& entry : disk.entries(path + "/charts")) {
    const auto below = path + "/charts/" + entry.name;
    if (disk.look(below + "/Chart.yaml") == chart::Disk::What::nothing) continue;
    out.push_back(below);
    add_subcharts(disk, below, out);
  }
}

}  // namespace

int chart_lint(const Arguments& arguments, World& world) {
  const auto& given = arguments.chart;
  chart::ReleaseRequest request;
  request.capabilities = chart::default_capabilities();
  if (!given.kube_version.empty()) request.capabilities.kube = chart::parse_kube_version(given.kube_version);
  request.name_space = given.name_space;
  request.skip_schema = given.skip_schema;
  ChartDisk disk;
  ChartSource source(given, world);
  request.values = chart::user_values(given.values, disk, source.values());
  auto paths = given.positional;
  if (given.with_subcharts)
    for (const auto& path : given.positional) add_subcharts(disk, path, paths);
  std::size_t failed = 0;
  bool any = false;
  for (const auto& path : paths) {
    const auto chart = linted(path, given, request, world);
    failed += chart.failed ? 1U : 0U;
    any = any || chart.warned;
    if (!given.quiet || chart.warned) world.out(chart.text);
  }
  const auto summary = fmt::format("{} chart(s) linted, {} chart(s) failed", paths.size(), failed);
  if (failed > 0) throw core::Error(core::ErrorKind::invalid, summary);
  if (!given.quiet || any) world.out(summary + "\n");
  return 0;
}

}  // namespace gpuctl::cli
