#include "steps/cluster.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "steps/look.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::KubeList;
using core::KubeObject;
using core::Record;

namespace {

std::string at(const std::string& list, std::size_t index, std::string_view field) {
  return fmt::format("{}/{}/{}", list, index, field);
}

/// Why the containers of a pod do not run: `ImagePullBackOff`, `Init:Error`.
std::string stuck(const Record& list, const std::string& pod, const char* statuses, const char* prefix) {
  for (std::size_t i = 0;; ++i) {
    const auto status = fmt::format("{}#{}/{}", pod, statuses, i);
    if (core::text_of(list, status + "/name").empty()) return {};
    for (const auto* state : {"/state/waiting/reason", "/state/terminated/reason"}) {
      const auto reason = core::text_of(list, status + state);
      if (!reason.empty() && reason != "Completed" && reason != "PodInitializing" && reason != "ContainerCreating")
        return prefix + reason;
    }
  }
}

/// Why the scheduler has no node for a pod.
std::string unplaced(const Record& list, const std::string& pod) {
  for (std::size_t i = 0;; ++i) {
    const auto condition = fmt::format("{}#/status/conditions/{}", pod, i);
    const auto type = core::text_of(list, condition + "/type");
    if (type.empty()) return {};
    if (type == "PodScheduled" && core::text_of(list, condition + "/status") == "False")
      return because_of({"", core::text_of(list, condition + "/reason"), core::text_of(list, condition + "/message")});
  }
}

std::string state_of(const Record& list, const std::string& pod) {
  auto init = stuck(list, pod, "/status/initContainerStatuses", "Init:");
  if (!init.empty()) return init;
  auto main = stuck(list, pod, "/status/containerStatuses", "");
  if (!main.empty()) return main;
  const auto phase = core::text_of(list, pod + "#/status/phase");
  if (phase == "Running" || phase == "Succeeded") return {};
  const auto why = unplaced(list, pod);
  return why.empty() ? phase : fmt::format("{} ({})", phase, why);
}

std::vector<std::string> what_pods_tell() {
  return {"/status/phase", "/status/conditions", "/status/initContainerStatuses", "/status/containerStatuses"};
}

/// k3s's own mark on what it deploys.
std::string rancher_owner(const Record& object) {
  const auto name = core::text_of(object, annotation_at("objectset.rio.cattle.io/owner-name"));
  const auto gvk = core::text_of(object, annotation_at("objectset.rio.cattle.io/owner-gvk"));
  const bool marked = object.contains(label_at("objectset.rio.cattle.io/hash"));
  if (name.empty() && gvk.empty()) return marked ? "k3s" : "";
  const auto kind = gvk.substr(gvk.find('=') == std::string::npos ? 0 : gvk.find('=') + 1);
  return name.empty() ? "k3s" : fmt::format("k3s ({}{}{})", kind, kind.empty() ? "" : " ", name);
}

std::string helm_owner(const Record& object) {
  const auto managed = core::text_of(object, label_at("app.kubernetes.io/managed-by"));
  const auto release = core::text_of(object, annotation_at("meta.helm.sh/release-name"));
  if (managed.empty() || managed == manager) return {};
  return release.empty() ? managed : fmt::format("{} (release {})", managed, release);
}

bool is_ours(const std::string& name) {
  return name == manager || name == label_manager;
}

}  // namespace

std::string node_of(const core::Host& host) {
  return host.node.empty() ? host.name : host.node;
}

KubeObject node_object(const std::string& node) {
  return {{"v1", "Node", "", node}};
}

KubeObject node_lease(const std::string& node) {
  return {{"coordination.k8s.io/v1", "Lease", "kube-node-lease", node}};
}

KubeList pods_on(const std::string& node) {
  return {"v1", "Pod", "", "", "spec.nodeName=" + node, what_pods_tell()};
}

KubeList pods_in(const std::string& name, const std::string& labels) {
  return {"v1", "Pod", name, labels, "", what_pods_tell()};
}

KubeList warnings_about(const core::KubeRef& ref) {
  const auto about = fmt::format("involvedObject.kind={},involvedObject.name={},type=Warning", ref.kind, ref.name);
  return {"v1", "Event", ref.namespace_, "", about, {"/reason", "/message", "/lastTimestamp"}};
}

std::string newest_warning(const Facts& facts, const KubeList& events) {
  const auto* list = facts.record(events);
  if (!list) return {};
  std::string newest, time;
  for (const auto& [event, uid] : *list) {
    if (event.find('#') != std::string::npos) continue;
    const auto seen = core::text_of(*list, event + "#/lastTimestamp");  // RFC 3339 sorts by time
    if (!newest.empty() && seen < time) continue;
    time = seen;
    newest = because_of({"", core::text_of(*list, event + "#/reason"), core::text_of(*list, event + "#/message")});
  }
  newest = util::replace_all(newest, "(combined from similar events): ", "");  // when there have been many
  return util::replace_all(newest, "\n", " ");
}

core::Fields begin_object(const core::KubeRef& ref) {
  core::Fields out{
      {"/apiVersion", {ref.api_version, true}}, {"/kind", {ref.kind, true}}, {"/metadata/name", {ref.name, true}}};
  if (!ref.namespace_.empty()) out["/metadata/namespace"] = {ref.namespace_, true};
  return out;
}

std::string label_at(const std::string& key) {
  return core::child("/metadata/labels", key);
}

std::string annotation_at(const std::string& key) {
  return core::child("/metadata/annotations", key);
}

std::optional<Condition> condition(const Record& object, std::string_view type) {
  const std::string list = "/status/conditions";
  for (std::size_t i = 0;; ++i) {
    const auto seen = core::text_of(object, at(list, i, "type"));
    if (seen.empty()) return std::nullopt;
    if (seen != type) continue;
    return Condition{core::text_of(object, at(list, i, "status")), core::text_of(object, at(list, i, "reason")),
                     core::text_of(object, at(list, i, "message"))};
  }
}

std::string because_of(const Condition& condition) {
  if (condition.reason.empty() || condition.message.empty()) return condition.reason + condition.message;
  return condition.reason + ": " + condition.message;
}

Need status_of(const KubeObject& probe) {
  return {probe, {"/metadata/uid", "/metadata/generation"}};
}

Need conditions_of(const KubeObject& probe, const Facts& facts) {
  std::vector<std::string> fields{"/metadata/uid"};
  if (const auto* record = facts.record(probe))
    for (const auto& [pointer, field] : *record)
      if (pointer.starts_with("/status/conditions/")) fields.push_back(pointer);
  return {probe, fields};
}

std::string owner_of(const Record& object) {
  const auto kind = core::text_of(object, "/metadata/ownerReferences/0/kind");
  if (!kind.empty()) return kind + " " + core::text_of(object, "/metadata/ownerReferences/0/name");
  if (auto owner = rancher_owner(object); !owner.empty()) return owner;
  if (auto owner = helm_owner(object); !owner.empty()) return owner;
  const auto managers = util::lines(core::text_of(object, "managers"));
  const auto other = std::ranges::find_if_not(managers, is_ours);
  return other == managers.end() ? std::string{} : "field manager " + *other;
}

std::string troubled(const Facts& facts, const KubeList& probe) {
  const auto* list = facts.record(probe);
  if (!list) return {};
  std::vector<std::string> out;
  for (const auto& [pod, uid] : *list) {
    if (pod.find('#') != std::string::npos) continue;
    if (const auto state = state_of(*list, pod); !state.empty()) out.push_back(pod + " " + state);
  }
  return some_of(out);
}

std::vector<Need> made_by_controllers(std::vector<Need> needs, bool holds, const Facts& facts, const KubeList& pods) {
  const auto* answer = facts.find(pods);
  // First, for what cannot be asked at all yet, such as a kind that an operator brings, is known after it, too.
  if (!holds && answer && std::holds_alternative<core::Unknown>(*answer)) needs.insert(needs.begin(), Need(pods));
  return needs;
}

bool has_node(Draft& draft, const std::string& node) {
  const auto probe = node_object(node);
  if (draft.facts().record(probe)) return true;
  draft.check(
      {probe}, "node " + node, [](const Facts&) { return Finding{false, "a node of the cluster", "no such node", ""}; },
      [](const Facts&) {
        return never("join it to the cluster, or say under `node` of the host how the cluster calls it");
      });
  return false;
}

std::string some_of(const std::vector<std::string>& all, std::size_t most) {
  const auto shown = std::min(most, all.size());
  auto out = util::join(std::span(all).first(shown), ", ");
  if (all.size() > shown) out += fmt::format(" and {} more", all.size() - shown);
  return out;
}

}  // namespace gpuctl::steps
