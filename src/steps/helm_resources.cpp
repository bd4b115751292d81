#include "steps/helm_resources.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/refusal_words.hpp"
#include "steps/cluster.hpp"
#include "steps/helm_objects.hpp"
#include "steps/readiness.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::KubeList;
using core::KubeObject;
using core::KubeRef;
using core::Record;

namespace {

/// The label selector that the fields below the pointer are; empty: there are none.
std::string selector_at(const core::Fields& fields, const std::string& pointer) {
  std::string out;
  for (auto at = fields.lower_bound(pointer + "/"); at != fields.end() && at->first.starts_with(pointer + "/"); ++at) {
    out += (out.empty() ? "" : ",") + core::key_of(at->first.substr(pointer.size() + 1)) + "=" + at->second.text;
  }
  return out;
}

/// What chooses a workload's pods, by its manifest; empty: it has none, or they cannot be told by labels alone.
std::string pod_labels(const Manifest& workload) {
  const auto group = core::group_of(workload.ref.api_version);
  if (group == "batch" && workload.ref.kind == "Job") return "batch.kubernetes.io/job-name=" + workload.ref.name;
  if (group.empty() && workload.ref.kind == "ReplicationController")
    return selector_at(workload.fields, "/spec/selector");
  if (group != "apps" || workload.fields.contains("/spec/selector/matchExpressions/0/key")) return {};
  return selector_at(workload.fields, "/spec/selector/matchLabels");
}

std::optional<KubeList> pods_of_workload(const Manifest& workload) {
  const auto labels = pod_labels(workload);
  if (labels.empty()) return std::nullopt;
  return KubeList{"v1",   "Pod", workload.ref.namespace_,
                  labels, "",    {"/status", "/metadata/generation", "/metadata/deletionTimestamp"}};
}

std::string in_one_line(const std::string& text) {
  return util::replace_all(text, "\n", " ");
}

std::string state_in(const Facts& known, const KubeRef& ref) {
  const auto* answer = known.find(KubeObject{ref});
  if (const auto* live = answer ? std::get_if<Record>(answer) : nullptr) return in_one_line(standing(ref, *live));
  const auto* failed = answer ? std::get_if<core::Failed>(answer) : nullptr;
  if (!failed || core::says(failed->why, core::no_kind)) return "absent";
  return "cannot be read: " + in_one_line(failed->why);
}

/// One of a list's objects, as KubeObject would have it.
Record member_of(const Record& list, const std::string& name) {
  Record out;
  const auto prefix = name + "#";
  for (auto at = list.lower_bound(prefix); at != list.end() && at->first.starts_with(prefix); ++at)
    out.emplace(at->first.substr(prefix.size()), at->second);
  return out;
}

void add_pods(const Record& list, std::vector<Resource>& out) {
  for (const auto& [name, uid] : list) {
    const auto slash = name.find('/');
    if (name.find('#') != std::string::npos || slash == std::string::npos) continue;
    const KubeRef pod{"v1", "Pod", name.substr(0, slash), name.substr(slash + 1)};
    const auto is_it = [&](const Resource& one) { return one.object == pod; };
    if (std::ranges::none_of(out, is_it)) out.push_back({pod, in_one_line(standing(pod, member_of(list, name)))});
  }
}

}  // namespace

std::vector<Resource> resources_of(const chart::release::Release& release, core::Observer& cluster) {
  const core::Probe kinds = core::KubeApis{};
  const auto objects =
      helm_objects(release.manifest, {release.name, release.name_space}, scopes_in(cluster.gather({&kinds, 1})));
  std::vector<core::Probe> probes;
  for (const auto& object : objects) {
    probes.emplace_back(KubeObject{object.ref});
    if (auto pods = pods_of_workload(object)) probes.emplace_back(std::move(*pods));
  }
  const auto known = cluster.gather(probes);
  std::vector<Resource> out;
  for (const auto& object : objects) {
    auto& own = out.emplace_back(Resource{object.ref, state_in(known, object.ref)});
    const auto pods = pods_of_workload(object);
    const auto* answer = pods ? known.find(*pods) : nullptr;
    if (const auto* failed = answer ? std::get_if<core::Failed>(answer) : nullptr)
      own.state += "; its pods cannot be listed: " + in_one_line(failed->why);
    if (const auto* list = answer ? std::get_if<Record>(answer) : nullptr) add_pods(*list, out);
  }
  return out;
}

}  // namespace gpuctl::steps
