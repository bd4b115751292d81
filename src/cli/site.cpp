#include "cli/site.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cli/workshop.hpp"
#include "engine/waive.hpp"
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
  std::string read(const std::string& path) override { return world_.read(full(path)); }
  std::vector<std::string> list(const std::string& path) override {
    auto paths = world_.list(full(path));
    for (auto& file : paths)
      if (!path.starts_with('/')) file.erase(0, folder_.size());
    return paths;
  }
  std::vector<core::Node> documents(const std::string& path) override {
    return playbook::documents({full(path), read(path)});
  }
  std::string sealed(const std::string& value) override { return world_.seal->keep(value); }
  std::vector<core::ChartFile> chart(const core::ChartRef& ref) override { return chart_files(ref, folder_, world_); }
  std::shared_ptr<core::Workshop> workshop() override { return make_workshop(world_); }

 private:
  std::string full(const std::string& path) const { return path.starts_with('/') ? path : folder_ + path; }

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

bool is_left_out(const Arguments& arguments, const playbook::Use& use) {
  return (!arguments.only.empty() && !contains(arguments.only, use.name)) || contains(arguments.skip, use.name);
}

std::vector<core::Waiver> waivers_of(const playbook::Playbook& playbook, const Arguments& arguments) {
  std::vector<core::Waiver> out;
  for (const auto& use : playbook.steps)
    if (!use.on.empty() && !is_left_out(arguments, use))
      if (const auto* waiver = use.on.begin()->second.waiver()) out.push_back(*waiver);
  return out;
}

/// The lanes of one run, as the steps of a playbook are laid on them.
class Lanes {
 public:
  Lanes(const playbook::Playbook& playbook, const Arguments& arguments)
      : playbook_(playbook), arguments_(arguments), waivers_(waivers_of(playbook, arguments)) {
    for (const auto& host : playbook.hosts)
      if (chosen(arguments, host)) hosts_.push_back(host);
  }

  std::vector<engine::Lane> all() const {
    std::vector<engine::Lane> out;
    for (const auto& host : hosts_) add(out, of_host(host));
    if (playbook_.cluster) add(out, of_cluster());
    return out;
  }

 private:
  static void add(std::vector<engine::Lane>& lanes, engine::Lane lane) {
    if (!lane.tasks.empty()) lanes.push_back(std::move(lane));
  }

  engine::Lane of_host(const core::Host& host) const {
    engine::Lane lane{with_login(host, arguments_), {}, false, waivers_};
    for (const auto& use : playbook_.steps) {
      const auto found = use.on.find(host.name);
      if (found == use.on.end() || found->second.scope() != steps::Scope::host) continue;
      lane.tasks.push_back(task(use, found->second, use.name));
    }
    return lane;
  }

  engine::Lane of_cluster() const {
    engine::Lane lane{core::Host{}, {}, true, waivers_};
    lane.host.name = "cluster";
    for (const auto& use : playbook_.steps) add_to_cluster(lane, use);
    return lane;
  }

  void add_to_cluster(engine::Lane& lane, const playbook::Use& use) const {
    std::vector<const core::Host*> on;
    for (const auto& host : hosts_)
      if (use.on.contains(host.name)) on.push_back(&host);
    if (on.empty()) return;
    const auto& first = use.on.at(on.front()->name);
    if (first.scope() == steps::Scope::host || first.waiver()) return;
    if (first.scope() == steps::Scope::cluster) return lane.tasks.push_back(task(use, first, use.name));
    for (const auto* host : on) {
      auto one = task(use, use.on.at(host->name), on.size() > 1 ? use.name + "@" + host->name : use.name);
      one.node = host->name;
      lane.tasks.push_back(std::move(one));
    }
  }

  engine::Task task(const playbook::Use& use, const steps::Step& step, const std::string& name) const {
    auto out = engine::with_waivers(engine::make_task(name, use.where, use.settle, step), waivers_);
    out.left_out = is_left_out(arguments_, use);
    return out;
  }

  const playbook::Playbook& playbook_;
  const Arguments& arguments_;
  std::vector<core::Waiver> waivers_;
  std::vector<core::Host> hosts_;
};

}  // namespace

Site load_site(const Arguments& arguments, const World& world) {
  Site site;
  site.playbook = read_playbook(arguments, world);
  check_names(arguments, site.playbook);
  site.lanes = Lanes(site.playbook, arguments).all();
  return site;
}

engine::Origin origin_of(const Arguments& arguments) {
  return {arguments.playbook, arguments.overlays, arguments.vars, arguments.settings, arguments.only, arguments.skip};
}

}  // namespace gpuctl::cli
