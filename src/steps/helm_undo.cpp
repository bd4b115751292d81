#include "steps/helm_undo.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart/render/kinds.hpp"
#include "core/error.hpp"
#include "util/stable_sort.hpp"

namespace gpuctl::steps {

using chart::release::Release;
using core::Error;
using core::ErrorKind;
using core::HelmChange;
using core::KubeObject;

namespace {

const Release& last_of(const std::vector<Release>& revisions) {
  if (revisions.empty()) throw Error(ErrorKind::failed, "there is no such release");
  return *std::ranges::max_element(revisions, {}, &Release::version);
}

/// Whose objects the cluster has: the last that was deployed, else the last.
const Release& current_of(const std::vector<Release>& revisions) {
  const auto& last = last_of(revisions);
  if (last.info.status == "deployed") return last;
  const Release* found = nullptr;
  for (const auto& one : revisions)
    if (one.info.status == "deployed" && (!found || one.version > found->version)) found = &one;
  return found ? *found : last;
}

const Release& revision_of(const std::vector<Release>& revisions, int number) {
  const auto found = std::ranges::find(revisions, number, &Release::version);
  if (found != revisions.end()) return *found;
  throw Error(ErrorKind::failed, fmt::format("release {} has no revision {}", last_of(revisions).name, number), {},
              fmt::format("gpuctl release history {} lists those that it has", last_of(revisions).name));
}

std::vector<core::HelmHook> hooks_at(const Release& release, const std::string& event, const ClusterScoped& scope) {
  struct Weighed {
    std::int64_t weight;
    core::HelmHook hook;
  };
  std::vector<Weighed> found;
  for (std::size_t i = 0; i < release.hooks.size(); ++i) {
    const auto& hook = release.hooks[i];
    if (std::ranges::find(hook.events, event) == hook.events.end()) continue;
    for (const auto& object : helm_objects(hook.manifest, {release.name, release.name_space}, scope))
      found.push_back({hook.weight, {object.ref, object.fields, static_cast<int>(i), hook.delete_policies}});
  }
  util::stable_sort(found, [](const Weighed& a, const Weighed& b) {
    return a.weight != b.weight ? a.weight < b.weight : a.hook.object.name < b.hook.object.name;
  });
  std::vector<core::HelmHook> out;
  for (auto& one : found) out.push_back(std::move(one.hook));
  return out;
}

std::vector<Manifest> objects_of(const Release& release, const ClusterScoped& scope) {
  return helm_objects(release.manifest, {release.name, release.name_space}, scope);
}

/// Those that nobody asked to keep, neither in the manifest nor in the cluster.
std::vector<core::KubeDelete> deletes(const std::vector<Manifest>& objects, core::Observer& cluster) {
  std::vector<core::Probe> probes;
  for (const auto& object : objects) probes.emplace_back(KubeObject{object.ref});
  const auto known = cluster.gather(probes);
  std::vector<core::KubeDelete> out;
  for (const auto& object : objects) {
    const auto* live = known.record(KubeObject{object.ref});
    if (!is_kept(object.fields) && !(live && is_kept(*live))) out.push_back({object.ref, ""});
  }
  chart::sort_by_kind(out, [](const core::KubeDelete& one) { return chart::uninstall_place(one.object.kind); });
  return out;
}

ClusterScoped scopes_of(core::Observer& cluster, core::Facts& known) {
  const core::Probe kinds = core::KubeApis{};
  known = cluster.gather({&kinds, 1});
  return scopes_in(known);
}

HelmChange change_of(const Release& release, const UndoPolicy& policy) {
  HelmChange out;
  out.name = release.name;
  out.namespace_ = release.name_space;
  out.wait = policy.wait;
  out.timeout_s = policy.timeout_s;
  out.history_max = policy.history_max;
  out.keep_history = policy.keep_history;
  out.description = policy.description;
  return out;
}

}  // namespace

HelmChange rollback_of(const std::vector<Release>& revisions, int to, const UndoPolicy& policy,
                       core::Observer& cluster) {
  const auto& last = last_of(revisions);
  const auto& current = current_of(revisions);
  const auto& target = revision_of(revisions, to == 0 ? static_cast<int>(last.version) - 1 : to);
  core::Facts known;
  const auto scope = scopes_of(cluster, known);
  auto out = change_of(target, policy);
  out.what = "rollback";
  out.revision = static_cast<int>(last.version) + 1;
  out.from = static_cast<int>(current.version);
  out.copy_of = static_cast<int>(target.version);
  if (out.description.empty()) out.description = fmt::format("Rollback to {}", target.version);
  const auto wanted = objects_of(target, scope);
  for (const auto& object : wanted)
    out.objects.push_back({object.ref, object.fields, core::helm_manager, policy.force});
  auto gone = objects_of(current, scope);
  std::erase_if(gone, [&](const Manifest& old) {
    return std::ranges::any_of(wanted, [&](const auto& one) { return same_object(one.ref, old.ref); });
  });
  out.gone = deletes(gone, cluster);
  out.migrate = current.apply_method != "ssa";
  if (!policy.hooks) return out;
  out.before = hooks_at(target, "pre-rollback", scope);
  out.after = hooks_at(target, "post-rollback", scope);
  return out;
}

HelmChange uninstall_of(const std::vector<Release>& revisions, const UndoPolicy& policy, core::Observer& cluster) {
  const auto& last = last_of(revisions);
  if (last.info.status == "uninstalled")
    throw Error(ErrorKind::failed, fmt::format("release {} is uninstalled already", last.name));
  core::Facts known;
  const auto scope = scopes_of(cluster, known);
  auto out = change_of(last, policy);
  out.what = "uninstall";
  out.revision = static_cast<int>(last.version);
  if (out.description.empty()) out.description = "Uninstallation complete";
  out.gone = deletes(objects_of(last, scope), cluster);
  if (!policy.hooks) return out;
  out.before = hooks_at(last, "pre-delete", scope);
  out.after = hooks_at(last, "post-delete", scope);
  return out;
}

}  // namespace gpuctl::steps
