#include "kube/kubeconfig.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/error.hpp"
#include "kube/kubeconfig_value.hpp"
#include "util/strings.hpp"
#include "util/x509.hpp"

namespace gpuctl::kube {

namespace {

using core::Error;
using core::ErrorKind;
using core::Node;

std::string text_of(const Node* node) {
  const auto* text = node ? std::get_if<std::string>(&node->value) : nullptr;
  return text ? *text : node ? node->source : std::string();
}

std::string nearest_hint(const std::string& name, const std::vector<std::string>& names) {
  if (names.empty()) return "it has none";
  const std::string near = util::nearest(name, names);
  return near.empty() ? "it has " + util::join(names, ", ") : fmt::format("did you mean {}?", near);
}

}  // namespace

std::vector<std::string> kubeconfig_paths(const std::string& variable, const std::string& home) {
  std::vector<std::string> out;
  for (auto& path : util::split(variable, ':'))
    if (!path.empty()) out.push_back(std::move(path));
  if (out.empty()) out.push_back(home + "/.kube/config");
  return out;
}

Kubeconfig Kubeconfig::load(const std::vector<std::string>& paths,
                            const std::function<std::optional<Node>(const std::string&)>& parse) {
  Kubeconfig out;
  for (const auto& path : paths)
    if (const auto root = parse(path)) out.add(path, *root);
  if (out.files_.empty())
    throw Error(ErrorKind::invalid,
                fmt::format("there is no kubeconfig: {} does not exist", util::join(paths, " nor ")), {},
                "name another one by `kubeconfig` of the playbook's cluster, or by `through` the host that has one");
  return out;
}

void Kubeconfig::add(const std::string& path, const Node& root) {
  files_.push_back(path);
  if (std::holds_alternative<std::monostate>(root.value)) return;  // kubectl takes an empty file, too
  if (!std::holds_alternative<Node::Mapping>(root.value))
    throw Error(ErrorKind::invalid, fmt::format("a kubeconfig is a mapping, this is {}", root.kind_name()), root.where);
  if (const auto kind = text_of(root.find("kind")); !kind.empty() && kind != "Config")
    throw Error(ErrorKind::invalid, fmt::format("a kubeconfig has kind Config, this has {}", kind),
                root.find("kind")->where);
  if (const auto* current = root.find("current-context"); current && text_of(&current_).empty()) current_ = *current;
  add_list(path, root, "clusters", "cluster", clusters_);
  add_list(path, root, "users", "user", users_);
  add_list(path, root, "contexts", "context", contexts_);
}

void Kubeconfig::add_list(const std::string& path, const Node& root, const char* key, const char* member, List& out) {
  const Node* list = root.find(key);
  if (!list || std::holds_alternative<std::monostate>(list->value)) return;
  const auto* entries = std::get_if<Node::List>(&list->value);
  if (!entries)
    throw Error(ErrorKind::invalid, fmt::format("{} must be a list, not {}", key, list->kind_name()), list->where);
  for (const auto& entry : *entries) {
    const std::string name = text_of(entry.find("name"));
    const Node* value = entry.find(member);
    if (name.empty() || !value)
      throw Error(ErrorKind::invalid, fmt::format("each of {} has a name and a {}", key, member), entry.where);
    const bool known = std::any_of(out.begin(), out.end(), [&](const Named& n) { return n.name == name; });
    if (!known) out.push_back({name, path, *value});
  }
}

std::vector<std::string> Kubeconfig::contexts() const {
  std::vector<std::string> out;
  for (const auto& context : contexts_) out.push_back(context.name);
  return out;
}

const Kubeconfig::Named& Kubeconfig::context(const std::string& given) const {
  const std::string current = text_of(&current_);
  if (given.empty() && current.empty())
    throw Error(ErrorKind::invalid, fmt::format("{} names no current-context", util::join(files_, ", ")),
                {files_.front()}, fmt::format("choose one of its contexts; {}", nearest_hint("", contexts())));
  const std::string& name = given.empty() ? current : given;
  for (const auto& named : contexts_)
    if (named.name == name) return named;
  throw Error(ErrorKind::invalid, fmt::format("{} has no context \"{}\"", util::join(files_, ", "), name),
              given.empty() ? current_.where : core::Where{files_.front()}, nearest_hint(name, contexts()));
}

const Kubeconfig::Named& Kubeconfig::referred(const List& list, const Named& context, const char* key) const {
  const Section section(context.value, context.file, fmt::format("context \"{}\"", context.name));
  const std::string name = section.text(key);
  if (name.empty()) section.fail(key, fmt::format("{} names no {}", section.what(), key));
  std::vector<std::string> names;
  for (const auto& named : list) {
    if (named.name == name) return named;
    names.push_back(named.name);
  }
  section.fail(key, fmt::format("{} names {} \"{}\", which the kubeconfig does not have", section.what(), key, name),
               nearest_hint(name, names));
}

void Kubeconfig::read_cluster(const Named& named, const Outside& outside, Access& access) const {
  const Section cluster(named.value, named.file, fmt::format("cluster \"{}\"", named.name));
  access.cluster = named.name;
  access.server = cluster.text("server");
  if (access.server.empty()) cluster.fail("server", fmt::format("{} names no server", cluster.what()));
  if (!access.server.starts_with("https://") && !access.server.starts_with("http://"))
    cluster.fail("server",
                 fmt::format("server of {} must be an https:// URL, not \"{}\"", cluster.what(), access.server));
  access.server_at = cluster.where("server");
  access.verify = !cluster.flag("insecure-skip-tls-verify");
  access.server_name = cluster.text("tls-server-name");
  access.proxy = cluster.text("proxy-url");
  access.issuers = cluster.bytes("certificate-authority", outside);
  const char* key = cluster.node("certificate-authority-data") ? "certificate-authority-data" : "certificate-authority";
  access.issuers_at = cluster.where(key);
  if (!access.issuers.empty() && !access.verify)
    cluster.fail(key, fmt::format("{} has both a certificate authority and insecure-skip-tls-verify", cluster.what()));
  if (!access.issuers.empty() && util::certificates(access.issuers).empty())
    cluster.fail(key, fmt::format("{} of {} holds no PEM certificate", key, cluster.what()));
}

Access Kubeconfig::access(const std::string& name, const Outside& outside) const {
  const Named& chosen = context(name);
  Access out;
  out.context = chosen.name;
  out.namespace_ = Section(chosen.value, chosen.file, "the context").text("namespace");
  read_cluster(referred(clusters_, chosen, "cluster"), outside, out);
  read_user(referred(users_, chosen, "user"), outside, out);
  return out;
}

}  // namespace gpuctl::kube
