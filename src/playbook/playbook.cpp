#include "playbook/playbook.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "core/params.hpp"
#include "playbook/digest.hpp"
#include "playbook/entry.hpp"
#include "playbook/hosts.hpp"
#include "playbook/merge.hpp"
#include "playbook/variables.hpp"
#include "util/strings.hpp"
#include "yaml/parse.hpp"

namespace gpuctl::playbook {

namespace {

using core::Error;
using core::ErrorKind;
using core::Node;
using core::Params;

constexpr const char* version = "gpuctl/v1";
constexpr std::size_t most_made = 100000;  // steps, one for each host

Node read_texts(const Input& input) {
  Node root = yaml::parse(input.playbook.content, input.playbook.path);
  for (const auto& overlay : input.overlays)
    root = overlaid(std::move(root), yaml::parse(overlay.content, overlay.path));
  return root;
}

Variables read_variables(const Node& root, const Input& input) {
  Variables variables;
  const Node* own = root.find("vars");
  if (own && !std::holds_alternative<std::monostate>(own->value)) variables.define(*own);
  for (const auto& text : input.vars) variables.define(yaml::parse(text.content, text.path));
  for (const auto& [name, value] : input.settings) variables.set(name, value);
  return variables;
}

/// A mapping of one key, for Params.
Node alone(const char* key, Node value) {
  Node around;
  around.where = value.where;
  const core::Where where = value.where;
  around.value = Node::Mapping{{key, where, std::move(value)}};
  return around;
}

/// Runs `work`; an error at a place where a variable was used says where the variable comes from.
template <class Work>
auto traced(const Variables& variables, Work work) {
  try {
    return work();
  } catch (Error& error) {
    for (const auto& line : variables.origins(error.where())) error.add_trace(line);
    throw;
  }
}

/// As traced(); an error without a place (a key file that cannot be read) says which step it is about.
template <class Work>
auto traced(const Variables& variables, const Entry& entry, Work work) {
  try {
    return traced(variables, work);
  } catch (Error& error) {
    if (error.where().file.empty()) error.add_trace(fmt::format("in step {} at {}", entry.name, entry.where.text()));
    throw;
  }
}

/// Moves the hosts that no step is for to `others`.
Playbook settled(Playbook playbook) {
  const auto touched = [&](const core::Host& host) {
    return std::any_of(playbook.steps.begin(), playbook.steps.end(),
                       [&](const Use& use) { return use.on.contains(host.name); });
  };
  std::vector<core::Host> hosts;
  for (auto& host : playbook.hosts) (touched(host) ? hosts : playbook.others).push_back(std::move(host));
  playbook.hosts = std::move(hosts);
  return playbook;
}

class Reader {
 public:
  Reader(const Input& input, core::Source& source)
      : input_(input), source_(source, digest_), root_(read_texts(input)), variables_(read_variables(root_, input)) {}

  Playbook read() {
    Params params(root_, "playbook", nobody_, source_);
    require_version(params);
    params.has("vars");
    const Node* hosts = params.node("hosts");
    const Node* cluster = params.node("cluster");
    const Node* steps = params.node("steps");
    params.done();
    if (!hosts) fail_missing("hosts", "a mapping of names to hosts");
    if (!steps) fail_missing("steps", "a list of steps");
    read_the_hosts(*hosts, cluster != nullptr);
    Playbook out;
    out.path = input_.playbook.path;
    if (cluster) out.cluster = read_the_cluster(*cluster);
    has_cluster_ = cluster != nullptr;
    out.hosts = hosts_.all;
    read_the_steps(*steps, out);
    variables_.require_settings(used_);
    out.sha256 = digest_.sha256();
    return settled(std::move(out));
  }

 private:
  static void require_version(Params& params) {
    const std::string given = params.text("apiVersion");
    if (given != version) params.fail("apiVersion", fmt::format("expected {}, found \"{}\"", version, given));
  }

  [[noreturn]] void fail_missing(const char* key, const char* expected) const {
    throw Error(ErrorKind::invalid, fmt::format("playbook: \"{}\" is missing, expected {}", key, expected),
                root_.where);
  }

  void read_the_hosts(const Node& node, bool in_cluster) {
    hosts_ = traced(variables_, [&] {
      const Node resolved = variables_.resolve(node);
      digest_.add(resolved);
      return read_hosts(resolved, source_);
    });
    for (auto& host : hosts_.all) host.in_cluster = in_cluster;
    for (const auto& host : hosts_.all) on_host_.push_back(variables_.with(host));
  }

  core::Cluster read_the_cluster(const Node& node) {
    return traced(variables_, [&] {
      const Node resolved = variables_.resolve(node);
      digest_.add(resolved);
      Params params(resolved, "cluster", nobody_, source_);
      core::Cluster out{params.text("kubeconfig", ""), params.text("context", ""), {}, resolved.where};
      if (params.has("through")) out.through = through(params.text("through"), params.where("through"));
      params.done();
      return out;
    });
  }

  /// A host of the playbook or an alias that ssh knows.
  core::Host through(const std::string& name, const core::Where& where) {
    through_ = name;
    for (const auto& host : hosts_.all)
      if (host.name == name) return host;
    auto host = core::parse_destination(name);
    if (!host)
      throw Error(ErrorKind::invalid, fmt::format("cluster.through: \"{}\" is neither a host nor an ssh alias", name),
                  where);
    return *host;
  }

  void read_the_steps(const Node& node, Playbook& out) {
    const auto* list = std::get_if<Node::List>(&node.value);
    if (!list)
      throw Error(ErrorKind::invalid, fmt::format("steps: expected a list, found {}", found(node)), node.where);
    if (list->empty()) throw Error(ErrorKind::invalid, "steps: expected at least one, found none", node.where);
    for (const auto& item : *list) {
      const Entry entry = read_entry(item);
      require_fresh(entry, out.steps);
      out.steps.push_back(make(entry));
      require_cluster(out.steps.back());
    }
    for (const auto& use : out.steps) require_proof(use, out.steps);
    used_ = variables_.used();
    for (const auto& variables : on_host_) used_.insert(variables.used().begin(), variables.used().end());
  }

  static void require_fresh(const Entry& entry, const std::vector<Use>& steps) {
    for (const auto& use : steps)
      if (use.name == entry.name)
        throw Error(ErrorKind::invalid,
                    fmt::format("two steps are called \"{}\", the first at line {}", entry.name, use.where.line),
                    entry.where, "give one of them a name of its own, beside its kind: name: …");
  }

  void require_cluster(const Use& use) const {
    if (has_cluster_ || use.on.empty() || use.on.begin()->second.scope() == steps::Scope::host) return;
    throw Error(ErrorKind::invalid, fmt::format("{} is about a cluster, and the playbook names none", use.name),
                use.where,
                "say how it is reached: `cluster: {kubeconfig: ~/.kube/config}` or `cluster: {through: HOST}`");
  }

  /// What a waiver hangs on must be there, or it would never be decided.
  static void require_proof(const Use& use, const std::vector<Use>& steps) {
    const auto* waiver = use.on.empty() ? nullptr : use.on.begin()->second.waiver();
    if (!waiver) return;
    std::vector<std::string> names;
    for (const auto& other : steps) names.push_back(other.name);
    if (std::find(names.begin(), names.end(), waiver->while_) != names.end()) return;
    const auto near = util::nearest(waiver->while_, names);
    throw Error(ErrorKind::invalid, fmt::format("{}.while: there is no step \"{}\"", use.name, waiver->while_),
                use.where,
                near.empty() ? "the steps are " + util::join(names, ", ") : fmt::format("did you mean \"{}\"?", near));
  }

  Use make(const Entry& entry) {
    Use use{entry.name, entry.kind, entry.where, settle(entry), {}};
    digest_.add(entry.name);
    digest_.add(entry.kind);
    digest_.add(use.settle ? std::to_string(use.settle->count()) : "");
    const auto names = hosts_of(entry);
    for (std::size_t i = 0; i < hosts_.all.size(); ++i) {
      const core::Host& host = hosts_.all[i];
      if (std::find(names.begin(), names.end(), host.name) == names.end()) continue;
      if (++made_ > most_made)
        throw Error(ErrorKind::invalid, fmt::format("too large: over {} steps, counted for each host", most_made),
                    entry.where);
      digest_.add(host.name);
      use.on.emplace(host.name, make_for(entry, host, on_host_[i]));
    }
    return use;
  }

  steps::Step make_for(const Entry& entry, const core::Host& host, Variables& variables) {
    return traced(variables, entry, [&] {
      const Node resolved = variables.resolve(*entry.params);
      digest_.add(resolved);
      Params params(resolved, entry.kind, host, source_);
      auto step = steps::Step::make(entry.kind, params);
      params.done();
      return step;
    });
  }

  std::optional<std::chrono::milliseconds> settle(const Entry& entry) {
    if (!entry.settle) return std::nullopt;
    return traced(variables_, [&] {
      const Node around = alone("settle", variables_.resolve(*entry.settle));
      return std::optional(Params(around, entry.kind, nobody_, source_).duration("settle", {}));
    });
  }

  std::vector<std::string> hosts_of(const Entry& entry) {
    if (!entry.on) return hosts_by_default();
    return traced(variables_, [&] {
      const Node on = variables_.resolve(*entry.on);
      std::vector<std::string> names;
      if (const auto* one = std::get_if<std::string>(&on.value))
        names.push_back(*one);
      else
        names = Params(alone("on", on), entry.kind, nobody_, source_).texts("on");
      if (names.empty())
        throw Error(ErrorKind::invalid, fmt::format("{}.on: expected a host or a group, or a list of them", entry.kind),
                    on.where);
      return hosts_.named(names, on.where, entry.kind + ".on");
    });
  }

  /// Not those that lead to others. One that leads to the cluster stays where it is the only one: a node whose own way
  /// to the API is taken.
  std::vector<std::string> hosts_by_default() const {
    std::vector<std::string> names;
    for (const auto& host : hosts_.all)
      if (!hosts_.jumps.contains(host.name)) names.push_back(host.name);
    if (names.size() > 1) std::erase(names, through_);
    return names;
  }

  const Input& input_;
  Digest digest_;
  NotedSource source_;
  const core::Host nobody_;
  Node root_;
  Variables variables_;
  Hosts hosts_;
  std::string through_;             // the host or alias that the cluster is reached through
  std::vector<Variables> on_host_;  // beside hosts_.all
  std::set<std::string> used_;
  std::size_t made_ = 0;
  bool has_cluster_ = false;
};

}  // namespace

Playbook parse(const Input& input, core::Source& source) {
  return Reader(input, source).read();
}

std::vector<Node> documents(const Text& text) {
  return yaml::parse_all(text.content, text.path);
}

}  // namespace gpuctl::playbook
