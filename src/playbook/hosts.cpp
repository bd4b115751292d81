#include "playbook/hosts.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "playbook/host_fields.hpp"
#include "playbook/wording.hpp"
#include "util/strings.hpp"

namespace gpuctl::playbook {

namespace {

using core::Error;
using core::ErrorKind;
using core::Host;
using core::Node;

const Host* host_named(const std::vector<Host>& hosts, const std::string& name) {
  const auto found = std::find_if(hosts.begin(), hosts.end(), [&](const Host& host) { return host.name == name; });
  return found == hosts.end() ? nullptr : &*found;
}

bool in_group(const Host& host, const std::string& group) {
  return std::find(host.groups.begin(), host.groups.end(), group) != host.groups.end();
}

/// Puts the playbook's own hosts in the place of the jumps that name them.
class Ways {
 public:
  Ways(const std::vector<Host>& hosts, const Node& node) : hosts_(hosts), node_(node) {}

  std::vector<Host> to(const Host& host) {
    if (std::find(on_the_way_.begin(), on_the_way_.end(), host.name) != on_the_way_.end()) fail_circle(host.name);
    on_the_way_.push_back(host.name);
    std::vector<Host> way;
    for (const auto& jump : host.jump) {
      const Host* ours = host_named(hosts_, jump.name);
      if (ours)
        for (auto& before : to(*ours)) way.push_back(std::move(before));
      way.push_back(ours ? joined(*ours, jump) : jump);
    }
    on_the_way_.pop_back();
    return way;
  }

 private:
  static Host joined(const Host& ours, const Host& jump) {
    Host out = ours;
    out.jump.clear();
    if (!jump.user.empty()) out.user = jump.user;
    if (jump.port != 0) out.port = jump.port;
    return out;
  }

  [[noreturn]] void fail_circle(const std::string& name) const {
    const auto begin = std::find(on_the_way_.begin(), on_the_way_.end(), name);
    std::vector<std::string> circle(begin, on_the_way_.end());
    circle.push_back(name);
    throw Error(ErrorKind::invalid, fmt::format("jump hosts go round in a circle: {}", util::join(circle, " -> ")),
                node_.find(name)->find("jump")->where);
  }

  const std::vector<Host>& hosts_;
  const Node& node_;
  std::vector<std::string> on_the_way_;
};

void require_groups_apart(const std::vector<Host>& hosts, const Node& node) {
  for (const auto& host : hosts)
    for (const auto& group : host.groups)
      if (host_named(hosts, group))
        throw Error(ErrorKind::invalid, fmt::format("hosts.{}.groups: \"{}\" is the name of a host", host.name, group),
                    node.find(host.name)->find("groups")->where);
}

}  // namespace

Hosts read_hosts(const Node& node, core::Source& source) {
  const auto* mapping = std::get_if<Node::Mapping>(&node.value);
  if (!mapping)
    throw Error(ErrorKind::invalid, fmt::format("hosts: expected a mapping of names to hosts, found {}", found(node)),
                node.where);
  if (mapping->empty()) throw Error(ErrorKind::invalid, "hosts: expected at least one, found none", node.where);
  const Host nobody;
  std::vector<Host> written;
  for (const auto& entry : *mapping)
    written.push_back(
        read_host(entry.key, entry.where, core::Params(entry.value, "hosts." + entry.key, nobody, source)));
  require_groups_apart(written, node);
  Hosts hosts;
  hosts.all = written;
  for (auto& host : hosts.all) {
    for (const auto& jump : host.jump)
      if (host_named(written, jump.name)) hosts.jumps.insert(jump.name);
    host.jump = Ways(written, node).to(host);
  }
  return hosts;
}

std::vector<std::string> Hosts::named(const std::vector<std::string>& names, const core::Where& where,
                                      const std::string& what) const {
  for (const auto& name : names) {
    const bool known = std::any_of(all.begin(), all.end(),
                                   [&](const Host& host) { return host.name == name || in_group(host, name); });
    if (known) continue;
    std::vector<std::string> known_names;
    for (const auto& host : all) known_names.push_back(host.name);
    for (const auto& host : all)
      for (const auto& group : host.groups)
        if (std::find(known_names.begin(), known_names.end(), group) == known_names.end()) known_names.push_back(group);
    throw Error(ErrorKind::invalid, fmt::format("{}: no host or group is called \"{}\"", what, name), where,
                nearest_of(name, known_names, "known:"));
  }
  std::vector<std::string> out;
  for (const auto& host : all)
    if (std::any_of(names.begin(), names.end(),
                    [&](const std::string& name) { return host.name == name || in_group(host, name); }))
      out.push_back(host.name);
  return out;
}

}  // namespace gpuctl::playbook
