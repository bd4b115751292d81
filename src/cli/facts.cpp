#include "view/facts.hpp"

#include <optional>

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

engine::Lane any_host(const Arguments& arguments, core::Host host) {
  if (host.user.empty()) host.user = arguments.user;
  if (host.identity.empty()) host.identity = arguments.identity;
  engine::Lane lane;
  lane.host = std::move(host);
  engine::Task usual;
  usual.name = usual.kind = "facts";
  usual.probes = [](const core::Facts&) { return usual_questions(); };
  lane.tasks.push_back(std::move(usual));
  return lane;
}

/// The one host, and the cluster that its steps may ask, too.
struct Asked {
  engine::Lane lane;
  std::optional<core::Cluster> cluster;
};

Asked asked(const Arguments& arguments, const World& world) {
  core::Host alone;
  alone.name = arguments.host;
  if (arguments.playbook.empty()) return {any_host(arguments, alone), {}};
  auto limited = arguments;
  limited.limit = {arguments.host};
  auto site = load_site(limited, world);
  std::erase_if(site.lanes, [](const auto& lane) { return lane.cluster; });
  if (site.lanes.size() > 1)
    throw core::Error(core::ErrorKind::usage,
                      "facts is about one host, and " + arguments.host + " names " + std::to_string(site.lanes.size()));
  if (!site.lanes.empty()) return {std::move(site.lanes.front()), site.playbook.cluster};
  // No step is about the host itself.
  for (const auto& host : site.playbook.hosts)
    if (host.name == arguments.host) return {any_host(arguments, host), {}};
  throw core::Error(core::ErrorKind::usage, "facts is about one host, and no step is for one of " + arguments.host);
}

}  // namespace

int facts(const Arguments& arguments, World& world) {
  const auto [lane, cluster] = asked(arguments, world);
  const auto fleet = world.fleet(arguments, cluster);
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
