#include <fmt/core.h>

#include <algorithm>

#include "chart/go/layout.hpp"
#include "chart/release/codec.hpp"
#include "chart/release/moment.hpp"
#include "chart/release/select.hpp"
#include "chart/yaml_out.hpp"
#include "cli/cluster_lane.hpp"
#include "cli/release_read.hpp"
#include "cli/verbs.hpp"
#include "core/error.hpp"
#include "steps/helm_resources.hpp"
#include "util/strings.hpp"
#include "view/columns.hpp"

namespace gpuctl::cli {

namespace {

using chart::release::Hook;
using chart::release::Release;

std::string shown(const chart::release::Stamp& stamp) {
  const auto moment = chart::release::moment_of(stamp).value_or(chart::go::Moment());
  return chart::go::format_time(moment, "Mon Jan _2 15:04:05 2006");
}

/// Hooks that are tests and have been run.
std::string tests_text(const Release& release) {
  std::string out;
  bool any = false;
  for (const Hook& hook : release.hooks) {
    if (std::find(hook.events.begin(), hook.events.end(), "test") == hook.events.end()) continue;
    any = true;
    if (hook.last_run.started.empty()) continue;
    out += fmt::format("TEST SUITE:     {}\nLast Started:   {}\nLast Completed: {}\nPhase:          {}\n", hook.name,
                       shown(hook.last_run.started), shown(hook.last_run.completed), hook.last_run.phase);
  }
  return any ? out : "TEST SUITE: None\n";
}

std::string resources_text(const std::vector<steps::Resource>& resources) {
  if (resources.empty()) return {};
  std::vector<std::vector<std::string>> rows{{"KIND", "NAMESPACE", "NAME", "STATUS"}};
  for (const auto& [object, state] : resources) rows.push_back({object.kind, object.namespace_, object.name, state});
  return "RESOURCES:\n" + view::columns(rows) + "\n";
}

std::string table(const Release& release, const std::vector<steps::Resource>& resources) {
  const auto& info = release.info;
  auto out = fmt::format("NAME: {}\n", release.name);
  if (!info.last_deployed.empty()) out += fmt::format("LAST DEPLOYED: {}\n", shown(info.last_deployed));
  out += fmt::format("NAMESPACE: {}\nSTATUS: {}\nREVISION: {}\nDESCRIPTION: {}\n", release.name_space, info.status,
                     release.version, info.description);
  out += resources_text(resources);
  out += tests_text(release);
  if (!info.notes.empty()) out += fmt::format("NOTES:\n{}\n", util::trim(info.notes));
  return out;
}

/// Without the chart, as helm status leaves it out.
std::string document(Release release, const std::string& format) {
  release.chart.reset();
  const auto value = chart::release::json_value(release);
  if (format == "yaml") return chart::to_yaml(value);
  Row row;
  const auto& entries = value.map()->entries;
  for (const char* name : {"name", "info", "config", "manifest", "hooks", "version", "namespace", "apply_method"})
    if (const auto found = entries.find(name); found != entries.end()) row.emplace_back(name, found->second);
  return json_text(row) + "\n";
}

Release wanted(const Arguments& arguments, std::vector<Release> revisions) {
  if (arguments.release.revision == 0) return chart::release::last_revisions(std::move(revisions), 1).front();
  for (auto& one : revisions)
    if (one.version == arguments.release.revision) return std::move(one);
  throw core::Error(core::ErrorKind::failed,
                    fmt::format("release {} has no revision {}", arguments.release.name, arguments.release.revision),
                    {}, fmt::format("gpuctl release history {} lists those that it has", arguments.release.name));
}

}  // namespace

int release_status(const Arguments& arguments, World& world) {
  const auto fleet = fleet_of(arguments, world);
  auto release = wanted(arguments, revisions_of(arguments, world, *fleet, false));
  const auto& own = arguments.release;
  if (own.output != "table") {
    world.out(document(std::move(release), own.output));
    return 0;
  }
  world.out(table(release, steps::resources_of(release, fleet->observer(cluster_lane()))));
  return 0;
}

}  // namespace gpuctl::cli
