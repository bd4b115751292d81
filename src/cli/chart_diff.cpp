#include <fmt/core.h>

#include "chart/values/options.hpp"
#include "cli/chart_disk.hpp"
#include "cli/chart_source.hpp"
#include "cli/cluster_lane.hpp"
#include "cli/verbs.hpp"
#include "cli/workshop.hpp"
#include "steps/helm_release.hpp"
#include "view/diff.hpp"

namespace gpuctl::cli {

namespace {

constexpr int nothing_to_do = 0, changes_pending = 2;

steps::HelmRelease release_of(const ChartArguments& own, World& world) {
  ChartSource source(own, world);
  source.locate();
  std::vector<core::ChartFile> files;
  for (auto& file : source.files()) files.push_back({std::move(file.name), std::move(file.data)});
  ChartDisk disk;
  auto values = chart::user_values(own.values, disk, source.values());
  const auto name = own.positional.size() == 2 ? own.positional.front() : std::string();
  auto chart = std::make_shared<const steps::HelmChart>(std::move(files), std::move(values), make_workshop(world));
  return steps::HelmRelease::of(name, own.name_space, std::move(chart));
}

/// Until an answer raises no further question.
core::Facts asked(const steps::HelmRelease& release, core::Observer& cluster) {
  core::Facts known;
  for (;;) {
    const auto probes = core::unasked(release.probes(known), known);
    if (probes.empty()) return known;
    known.merge(cluster.gather(probes));
  }
}

std::string gap_text(const core::Gap& gap) {
  const auto& check = gap.check;
  auto out = fmt::format("{}: {} -> {}\n", check.what, check.observed, check.expected);
  if (!check.because.empty()) out += "  because " + check.because + "\n";
  if (const auto* never = std::get_if<core::Never>(&gap.remedy)) out += "  " + never->advice + "\n";
  if (!gap.disruption.note.empty()) out += "  " + gap.disruption.note + "\n";
  for (const auto& diff : gap.diffs) {
    out += "  " + diff.path + "\n";
    for (const auto& line : view::diff(diff.before, diff.after))
      if (line.sign == '@')
        out += "  " + line.text + "\n";
      else
        out += fmt::format("  {} {}\n", line.sign, line.text);
  }
  return out;
}

/// Readiness is a matter of time, and none of the difference.
bool is_difference(const core::Gap& gap) {
  return !std::holds_alternative<core::Wait>(gap.remedy) && !std::holds_alternative<core::Later>(gap.remedy);
}

}  // namespace

int chart_diff(const Arguments& arguments, World& world) {
  const auto release = release_of(arguments.chart, world);
  core::Cluster cluster;
  cluster.kubeconfig = arguments.release.kubeconfig;
  cluster.context = arguments.release.context;
  const auto fleet = world.fleet(arguments, cluster);
  const auto change = release.plan(asked(release, fleet->observer(cluster_lane())));
  for (const auto& check : change.held)
    if (!check.because.empty()) world.err(fmt::format("gpuctl: {}: {}\n", check.what, check.because));
  int out = nothing_to_do;
  for (const auto& gap : change.gaps) {
    if (!is_difference(gap)) continue;
    world.out(gap_text(gap));
    out = changes_pending;
  }
  return out;
}

}  // namespace gpuctl::cli
