#include "view/facts.hpp"

#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/site.hpp"
#include "cli/verbs.hpp"
#include "engine/gather.hpp"
#include "engine/summary.hpp"
#include "view/json.hpp"

namespace gpuctl::cli {

namespace {

/// What one would like to know of any GPU node.
std::vector<core::Probe> usual_questions() {
  std::vector<core::Probe> out{core::FileText{"/proc/driver/nvidia/version"}, core::FileText{"/proc/cmdline"}};
  out.push_back(core::Command{
      {"nvidia-smi", "--query-gpu=index,name,memory.total,driver_version,persistence_mode", "--format=csv,noheader"}});
  for (const char* name : {"nvidia-container-toolkit", "nvidia-container-toolkit-base", "libnvidia-container-tools",
                           "libnvidia-container1", "containerd"})
    out.push_back(core::Package{name});
  for (const char* name : {"k3s-agent.service", "k3s.service", "rke2-agent.service", "rke2-server.service",
                           "containerd.service", "nvidia-persistenced.service"})
    out.push_back(core::Unit{name});
  for (const char* path : {"/var/lib/rancher/k3s/agent/etc/containerd/config.toml",
                           "/var/lib/rancher/rke2/agent/etc/containerd/config.toml", "/etc/containerd/config.toml"})
    out.push_back(core::Handlers{path});
  return out;
}

engine::Lane any_host(const Arguments& arguments) {
  engine::Lane lane;
  lane.host.name = arguments.host;
  lane.host.user = arguments.user;
  lane.host.identity = arguments.identity;
  engine::Task usual;
  usual.name = usual.kind = "facts";
  usual.probes = [](const core::Facts&) { return usual_questions(); };
  lane.tasks.push_back(std::move(usual));
  return lane;
}

engine::Lane lane_for(const Arguments& arguments, const World& world) {
  if (arguments.playbook.empty()) return any_host(arguments);
  auto limited = arguments;
  limited.limit = {arguments.host};
  auto site = load_site(limited, world);
  if (site.lanes.size() == 1) return std::move(site.lanes.front());
  throw core::Error(core::ErrorKind::usage,
                    "facts is about one host, and " + arguments.host + " names " + std::to_string(site.lanes.size()));
}

}  // namespace

int facts(const Arguments& arguments, World& world) {
  const auto lane = lane_for(arguments, world);
  const auto fleet = world.fleet(arguments, {});
  core::HostResult result;
  result.host = lane.host;
  {
    TerminalProgress progress(world, style_for(arguments, world, world.err_is_terminal));
    progress.connecting(lane.host);
    result.observed = engine::gather(lane, fleet->observer(lane));
  }
  result.summary = engine::summary_of(result.observed);
  if (arguments.json != "-") world.out(view::facts_text(result, style_for(arguments, world, world.out_is_terminal)));
  if (!arguments.json.empty()) world.write(arguments.json, view::facts_json(result));
  return 0;
}

}  // namespace gpuctl::cli
