#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/asked.hpp"
#include "core/predict.hpp"
#include "core/seal.hpp"
#include "core/visit.hpp"
#include "core/zero_fields.hpp"

namespace gpuctl::core {

namespace {

bool may_list(const KubeList& list, const KubeRef& object) {
  return list.kind == object.kind && list.api_version == object.api_version &&
         (list.namespace_.empty() || list.namespace_ == object.namespace_);
}

/// Whether an apply can move the object into the list or out of it: not by a label that is not sent.
bool may_select(const KubeList& list, const Fields& fields) {
  const auto equals = list.labels.find('=');
  if (equals == std::string::npos || list.labels.find(',') != std::string::npos || !list.fields.empty()) return true;
  return fields.contains(child("/metadata/labels", list.labels.substr(0, equals)));
}

/// Kinds of which controllers make pods; of a kind that is not Kubernetes' own nobody can tell.
bool makes_pods(const KubeRef& object) {
  static constexpr std::string_view makers[] = {"DaemonSet", "Deployment", "StatefulSet", "ReplicaSet",
                                                "Job",       "CronJob",    "Pod",         "ReplicationController"};
  return !is_builtin_group(group_of(object.api_version)) || std::ranges::find(makers, object.kind) != std::end(makers);
}

/// What a list selects is the server's to say, and which pods there will be the controllers'.
void forget_lists(Facts& facts, const KubeRef& object, const Fields* applied) {
  const auto moved = [&](const KubeList& list, const Answer&) {
    const bool own = may_list(list, object) && (!applied || may_select(list, *applied));
    return own || (list.kind == "Pod" && makes_pods(object));
  };
  for (const auto& list : asked<KubeList>(facts, moved)) facts.set(list, Unknown{});
}

/// A definition brings its kind: what could not be asked, since there was none, is not there yet.
void predict_definition(const Fields& fields, Facts& facts) {
  const auto text = [&](const char* pointer) {
    const auto at = fields.find(pointer);
    return at == fields.end() ? std::string{} : at->second.text;
  };
  const auto kind = text("/spec/names/kind");
  const auto group = text("/spec/group") + "/";
  const auto failed_for = [&](const std::string& its_kind, const std::string& version, const Answer& answer) {
    return its_kind == kind && version.starts_with(group) && std::holds_alternative<Failed>(answer);
  };
  const auto object = [&](const KubeObject& probe, const Answer& answer) {
    return failed_for(probe.object.kind, probe.object.api_version, answer);
  };
  for (const auto& probe : asked<KubeObject>(facts, object)) facts.set(probe, Absent{});
  const auto list = [&](const KubeList& probe, const Answer& answer) {
    return failed_for(probe.kind, probe.api_version, answer);
  };
  for (const auto& probe : asked<KubeList>(facts, list)) facts.set(probe, Record{});
}

/// A dry run upon what is there no longer, and one that could not be made without what comes now.
void forget_dry_runs(Facts& facts, const KubeRef& object) {
  const auto moved = [&](const KubeDryRun& dry, const Answer& answer) {
    const bool inside = object.kind == "Namespace" && dry.object.namespace_ == object.name;
    const bool of_kind = object.kind == "CustomResourceDefinition";
    return dry.object == object || ((inside || of_kind) && std::holds_alternative<Absent>(answer));
  };
  for (const auto& dry : asked<KubeDryRun>(facts, moved)) facts.set(dry, Unknown{});
}

/// What the server adds to every new object.
constexpr const char* added[] = {"/metadata/uid", "/metadata/creationTimestamp", "/metadata/resourceVersion",
                                 "/metadata/generation"};

Record created(const Fields& fields) {
  auto out = record_of(fields);
  std::erase_if(out, [&](const auto& field) { return is_left_out(fields, field.first); });
  for (const auto* pointer : added) out[pointer] = Unknown{};
  out["managers"] = Unknown{};
  return out;
}

/// What is made anew when it is sent is not known before.
void forget_rolled(Record& record) {
  for (auto& [pointer, field] : record)
    if (const auto* text = std::get_if<std::string>(&field); text && Seal::is_rolled(*text)) field = Unknown{};
}

/// The taints of a node's record, each as a triple.
struct Taint {
  std::string key, value, effect;
  bool operator==(const Taint&) const = default;
};

constexpr const char* taints_at = "/spec/taints";

std::vector<Taint> taints_of(const Record& node) {
  std::vector<Taint> out;
  for (std::size_t i = 0;; ++i) {
    const auto at = std::string(taints_at) + "/" + std::to_string(i);
    const auto key = text_of(node, at + "/key");
    if (key.empty()) return out;
    out.push_back({key, text_of(node, at + "/value"), text_of(node, at + "/effect")});
  }
}

void put_taints(Record& node, const std::vector<Taint>& taints) {
  std::erase_if(node, [](const auto& entry) { return entry.first.starts_with(taints_at); });
  for (std::size_t i = 0; i < taints.size(); ++i) {
    const auto at = std::string(taints_at) + "/" + std::to_string(i);
    node[at + "/key"] = taints[i].key;
    if (!taints[i].value.empty()) node[at + "/value"] = taints[i].value;
    node[at + "/effect"] = taints[i].effect;
  }
}

}  // namespace

void predict_apply(const KubeApply& a, Facts& facts) {
  const KubeObject probe{a.object};
  forget_lists(facts, a.object, &a.fields);
  forget_dry_runs(facts, a.object);
  if (a.object.kind == "CustomResourceDefinition") predict_definition(a.fields, facts);
  if (!facts.asked(probe)) return;
  if (const auto* live = facts.record(probe)) {
    auto after = merged(a.fields, *live);
    for (const auto* pointer : {"/metadata/resourceVersion", "/metadata/generation"}) after[pointer] = Unknown{};
    after["managers"] = Unknown{};
    forget_rolled(after);
    facts.set(probe, std::move(after));
    return;
  }
  auto after = created(a.fields);
  forget_rolled(after);
  facts.set(probe, std::move(after));
}

void predict_delete(const KubeDelete& a, Facts& facts) {
  forget_lists(facts, a.object, nullptr);
  forget_dry_runs(facts, a.object);
  if (facts.asked(KubeObject{a.object})) facts.set(KubeObject{a.object}, Absent{});
}

void predict_release(const HelmChange& a, Facts& facts) {
  for (const auto& object : a.objects) predict_apply(object, facts);
  for (const auto& object : a.gone) predict_delete(object, facts);
  const auto of_it = [&](const HelmReleases& p, const Answer&) {
    return p.namespace_ == a.namespace_ && (p.name.empty() || p.name == a.name);
  };
  for (const auto& probe : asked<HelmReleases>(facts, of_it)) {
    const auto* known = facts.record(probe);
    auto after = known ? *known : Record{};
    std::erase_if(after,
                  [&](const auto& entry) { return entry.first == a.name || entry.first.starts_with(a.name + "#"); });
    const bool stays = a.what != "uninstall" || a.keep_history;
    if (stays) {
      after[a.name] = std::to_string(a.revision);
      after[a.name + "#status"] = std::string(a.what == "uninstall" ? "uninstalled" : "deployed");
    }
    facts.set(probe, std::move(after));
  }
}

void predict_taint(const KubeTaint& a, Facts& facts) {
  const KubeObject probe{{"v1", "Node", "", a.node}};
  const auto* node = facts.record(probe);
  if (!node) return;
  auto taints = taints_of(*node);
  std::erase_if(taints, [&](const Taint& taint) { return taint.key == a.key && taint.effect == a.effect; });
  if (!a.remove) taints.push_back({a.key, a.value, a.effect});
  auto after = *node;
  put_taints(after, taints);
  after["/metadata/resourceVersion"] = Unknown{};
  facts.set(probe, std::move(after));
}

}  // namespace gpuctl::core
