#include "steps/helm_undo.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart/render/kinds.hpp"
#include "core/error.hpp"
#include "core/refusal_words.hpp"
#include "steps/helm_hooks.hpp"

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

std::vector<Manifest> objects_of(const Release& release, const ClusterScoped& scope) {
  return helm_objects(release.manifest, {release.name, release.name_space}, scope);
}

/// What cannot be looked at may be kept by its annotation: then nothing is deleted.
void demand_seen(const core::KubeRef& ref, const core::Facts& known) {
  const auto why = why_unseen(ref, known);
  if (why.empty()) return;
  throw Error(
      ErrorKind::failed,
      fmt::format("{} cannot be looked at, so it is not known whether it is to be kept: {}", core::describe(ref), why),
      {}, core::says(why, core::no_right) ? "give that user the right to get it" : "");
}

/// Those that nobody asked to keep, neither in the manifest nor in the cluster.
std::vector<core::KubeDelete> deletes(const std::vector<Manifest>& objects, const std::string& propagation,
                                      core::Observer& cluster) {
  std::vector<core::Probe> probes;
  for (const auto& object : objects) probes.emplace_back(KubeObject{object.ref});
  const auto known = cluster.gather(probes);
  std::vector<core::KubeDelete> out;
  for (const auto& object : objects) {
    demand_seen(object.ref, known);
    const auto* live = known.record(KubeObject{object.ref});
    if (!is_kept(object.fields) && !(live && is_kept(*live))) out.push_back({object.ref, "", propagation});
  }
  chart::sort_by_kind(out, [](const core::KubeDelete& one) { return chart::uninstall_place(one.object.kind); });
  return out;
}

/// Those that are not there now, the last ones first.
std::vector<core::KubeDelete> made_anew(const std::vector<Manifest>& objects, core::Observer& cluster) {
  std::vector<core::Probe> probes;
  for (const auto& object : objects) probes.emplace_back(KubeObject{object.ref});
  const auto known = cluster.gather(probes);
  std::vector<core::KubeDelete> out;
  for (const auto& object : objects) {
    const auto* answer = known.find(KubeObject{object.ref});
    if (answer && std::holds_alternative<core::Absent>(*answer)) out.push_back({object.ref, ""});
  }
  std::ranges::reverse(out);
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
  out.gone = deletes(gone, "Background", cluster);
  if (policy.cleanup) out.made = made_anew(wanted, cluster);
  out.migrate = current.apply_method != "ssa";
  if (!policy.hooks) return out;
  out.before = stored_hooks(target, "pre-rollback", scope);
  out.after = stored_hooks(target, "post-rollback", scope);
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
  out.gone = deletes(objects_of(last, scope), policy.propagation, cluster);
  if (!policy.hooks) return out;
  out.before = stored_hooks(last, "pre-delete", scope);
  out.after = stored_hooks(last, "post-delete", scope);
  return out;
}

}  // namespace gpuctl::steps
