#include "cli/site.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "util/strings.hpp"

namespace gpuctl::cli {

namespace {

using Names = std::vector<std::string>;

bool contains(const Names& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// Paths that a playbook names are relative to its folder.
class Beside : public core::Source {
 public:
  Beside(const World& world, const std::string& playbook) : world_(world) {
    const auto slash = playbook.rfind('/');
    if (slash != std::string::npos) folder_ = playbook.substr(0, slash + 1);
  }
  std::string read(const std::string& path) override {
    return world_.read(path.starts_with('/') ? path : folder_ + path);
  }

 private:
  const World& world_;
  std::string folder_;
};

playbook::Text text_of(const World& world, const std::string& path) {
  return {path, world.read(path)};
}

playbook::Playbook read_playbook(const Arguments& arguments, const World& world) {
  playbook::Input input;
  input.playbook = text_of(world, arguments.playbook);
  for (const auto& path : arguments.overlays) input.overlays.push_back(text_of(world, path));
  for (const auto& path : arguments.vars) input.vars.push_back(text_of(world, path));
  input.settings = arguments.settings;
  Beside source(world, arguments.playbook);
  return playbook::parse(input, source);
}

/// Every given name must be one of `known`; a slip of the finger must not silently leave everything out.
void demand_known(const char* option, const char* what, const Names& given, const Names& known) {
  for (const auto& name : given) {
    if (contains(known, name)) continue;
    const auto near = util::nearest(name, known);
    throw core::Error(
        core::ErrorKind::usage, fmt::format("{}: the playbook has no {} {}", option, what, name), {},
        near.empty() ? fmt::format("it has {}", util::join(known, ", ")) : fmt::format("did you mean {}?", near));
  }
}

void check_names(const Arguments& arguments, const playbook::Playbook& playbook) {
  Names hosts;
  for (const auto& host : playbook.hosts) {
    hosts.push_back(host.name);
    for (const auto& group : host.groups)
      if (!contains(hosts, group)) hosts.push_back(group);
  }
  Names steps;
  for (const auto& use : playbook.steps) steps.push_back(use.name);
  demand_known("--limit", "host or group", arguments.limit, hosts);
  demand_known("--only", "step", arguments.only, steps);
  demand_known("--skip", "step", arguments.skip, steps);
}

bool chosen(const Arguments& arguments, const core::Host& host) {
  if (arguments.limit.empty() || contains(arguments.limit, host.name)) return true;
  return std::ranges::any_of(host.groups, [&](const auto& group) { return contains(arguments.limit, group); });
}

core::Host with_login(core::Host host, const Arguments& arguments) {
  if (host.user.empty()) host.user = arguments.user;
  if (host.identity.empty()) host.identity = arguments.identity;
  return host;
}

engine::Lane lane_of(const core::Host& host, const playbook::Playbook& playbook, const Arguments& arguments) {
  engine::Lane lane{with_login(host, arguments), {}};
  for (const auto& use : playbook.steps) {
    const auto found = use.on.find(host.name);
    if (found == use.on.end()) continue;
    auto task = engine::make_task(use.name, use.where, use.settle, found->second);
    task.left_out =
        (!arguments.only.empty() && !contains(arguments.only, use.name)) || contains(arguments.skip, use.name);
    lane.tasks.push_back(std::move(task));
  }
  return lane;
}

}  // namespace

Site load_site(const Arguments& arguments, const World& world) {
  Site site;
  site.playbook = read_playbook(arguments, world);
  check_names(arguments, site.playbook);
  for (const auto& host : site.playbook.hosts) {
    if (!chosen(arguments, host)) continue;
    auto lane = lane_of(host, site.playbook, arguments);
    if (!lane.tasks.empty()) site.lanes.push_back(std::move(lane));
  }
  return site;
}

engine::Origin origin_of(const Arguments& arguments) {
  return {arguments.playbook, arguments.overlays, arguments.vars, arguments.settings, arguments.only, arguments.skip};
}

}  // namespace gpuctl::cli
