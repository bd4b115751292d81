#include "steps/helm_change.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart/json_in.hpp"
#include "chart/release/json.hpp"
#include "chart/render/kinds.hpp"
#include "core/seal.hpp"
#include "steps/helm_hooks.hpp"
#include "steps/object_text.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::HelmChange;
using core::KubeObject;

namespace {

bool has_event(const EventHook& hook, const std::string& event) {
  return std::ranges::find(hook.events, event) != hook.events.end();
}

std::vector<core::HelmHook> hooks_at(const HelmRendering& rendering, const std::string& event) {
  std::vector<core::HelmHook> out;
  for (const auto& hook : rendering.hooks)
    if (has_event(hook, event)) out.push_back(hook.hook);
  return out;
}

std::vector<core::KubeApply> applies(const std::vector<Manifest>& objects, bool force) {
  std::vector<core::KubeApply> out;
  for (const auto& object : objects) out.push_back({object.ref, object.fields, core::helm_manager, force});
  return out;
}

std::vector<core::KubeDelete> deletes(const std::vector<Manifest>& objects, const Facts& known) {
  std::vector<core::KubeDelete> out;
  for (const auto& object : objects) {
    const auto* live = known.record(KubeObject{object.ref});
    if (!live || !is_kept(*live)) out.push_back({object.ref, ""});
  }
  chart::sort_by_kind(out, [](const core::KubeDelete& one) { return chart::uninstall_place(one.object.kind); });
  return out;
}

bool contains(const std::vector<Manifest>& all, const Manifest& one) {
  return std::ranges::any_of(all, [&](const auto& other) { return same_object(other.ref, one.ref); });
}

/// The hooks of the revision that comes back.
void add_hooks(HelmChange& back, const Standing& now, const ClusterScoped& scope) {
  if (now.stored.from_hooks.empty()) return;
  auto stored = chart::release::from_object(chart::from_json(now.stored.from_hooks));
  stored.name = now.release.name;
  stored.name_space = now.release.space;
  back.before = stored_hooks(stored, "pre-rollback", scope);
  back.after = stored_hooks(stored, "post-rollback", scope);
}

/// What brings back what was there before: nothing, or the revision before.
HelmChange way_back(const Standing& now, const HelmChart& chart, const HelmChange& change, const HelmPolicy& policy,
                    const Facts& known) {
  HelmChange out;
  out.name = change.name;
  out.namespace_ = change.namespace_;
  out.timeout_s = policy.timeout_s;
  out.history_max = policy.history_max;
  if (now.stored.from == 0 || now.stored.from == change.revision) {
    out.what = "uninstall";
    out.revision = change.revision;
    out.description = "Uninstallation complete";
    out.before = hooks_at(*now.rendering, "pre-delete");
    out.after = hooks_at(*now.rendering, "post-delete");
    out.gone = deletes(now.wanted, known);
    return out;
  }
  const auto scope = chart.scopes(known);
  const auto before = helm_objects(now.stored.from_manifest, now.release, scope);
  std::vector<Manifest> made;
  for (const auto& object : now.wanted)
    if (!contains(before, object)) made.push_back(object);
  out.what = "rollback";
  out.revision = change.revision + 1;
  out.from = change.revision;
  out.copy_of = now.stored.from;
  out.description = fmt::format("Rollback to {}", now.stored.from);
  out.objects = applies(before, policy.force);
  out.gone = deletes(made, known);
  out.wait = policy.wait;
  add_hooks(out, now, scope);
  return out;
}

}  // namespace

RenderFor rendered_for(const StoredRelease& stored, const ReleaseName& release) {
  const bool upgrade = stored.there && stored.from != 0 && !(stored.is_pending() && stored.from == stored.last);
  return {release, stored.is_pending() ? stored.last : stored.last + 1, upgrade};
}

HelmChange change_of(const Standing& now, const HelmChart& chart, const HelmPolicy& policy, const Facts& known) {
  const auto made_for = rendered_for(now.stored, now.release);
  HelmChange out;
  out.what = made_for.is_upgrade ? "upgrade" : "install";
  out.name = now.release.name;
  out.namespace_ = now.release.space;
  out.revision = made_for.revision;
  out.replaces = now.stored.is_pending();
  out.from = now.stored.from == out.revision ? 0 : now.stored.from;
  out.content = now.rendering->content;
  out.origin = now.rendering->origin;
  out.description = made_for.is_upgrade ? "Upgrade complete" : "Install complete";
  out.before = hooks_at(*now.rendering, "pre-" + out.what);
  out.objects = applies(now.wanted, policy.force);
  out.gone = deletes(now.gone, known);
  out.after = hooks_at(*now.rendering, "post-" + out.what);
  out.migrate = now.stored.from != 0 && now.stored.client_side;
  // Without hooks that want it ready, readiness is looked at after the change, where it is told of as it comes.
  out.wait = policy.atomic || (policy.wait && !out.after.empty());
  out.timeout_s = policy.timeout_s;
  out.history_max = policy.history_max;
  if (policy.atomic) out.if_it_fails.push_back(way_back(now, chart, out, policy, known));
  return out;
}

Facts promises_of(const HelmChange& change, const Standing& now, const HelmChart& chart,
                  const core::HelmReleases& asked, const Facts& known) {
  const auto* record = known.record(asked);
  auto after = record ? *record : core::Record{};
  const auto& name = change.name;
  std::erase_if(after, [&](const auto& entry) { return entry.first == name || entry.first.starts_with(name + "#"); });
  after[name] = std::to_string(change.revision);
  after[name + "#status"] = std::string("deployed");
  after[name + "#chart"] = chart.name();
  after[name + "#version"] = chart.version();
  after[name + "#content"] = now.rendering->digest;
  after[name + "#config"] = chart.config();
  after[name + "#origin"] = change.origin;
  after[name + "#manifest"] =
      now.rendering->is_rolled ? core::Field(core::Unknown{}) : core::Field(now.rendering->manifest);
  after[name + "#method"] = std::string("ssa");
  Facts out;
  out.set(asked, std::move(after));
  return out;
}

std::string hook_words(const HelmChange& change) {
  std::vector<std::string> out;
  for (const auto& hook : change.before) out.push_back("pre-" + change.what + " " + core::describe(hook.object));
  for (const auto& hook : change.after) out.push_back("post-" + change.what + " " + core::describe(hook.object));
  return out.empty() ? "" : "runs " + util::join(out, ", ");
}

std::string HelmCounts::words() const {
  std::vector<std::string> out;
  const auto add = [&](int count, const char* what) {
    if (count > 0) out.push_back(fmt::format("{} {}", count, what));
  };
  add(made, "new");
  add(changed, "changed");
  add(adopted, "adopted");
  add(removed, "removed");
  return out.empty() ? "no object changes" : util::join(out, ", ");
}

HelmCounts counts_of(const Standing& now, const Facts& known) {
  HelmCounts out;
  for (const auto& object : now.wanted) {
    const auto* live = known.record(KubeObject{object.ref});
    if (!live)
      ++out.made;
    else if (!not_owned(*live, now.release).empty())
      ++out.adopted;
    else if (!core::differing(object.fields, *live).empty())
      ++out.changed;
  }
  for (const auto& object : now.gone) out.removed += known.record(KubeObject{object.ref}) ? 1 : 0;
  return out;
}

core::Diff diff_of(const Manifest& object, const core::Record* live, const core::Record* server) {
  core::Diff out;
  out.path = core::describe(object.ref) + (server ? "" : " (as sent)");
  out.created = !live;
  if (live) out.before = object_text(object.ref, *live);
  auto after = server ? *server : live ? core::merged(object.fields, *live) : core::record_of(object.fields);
  // The dry run sent what is made again when it is performed.
  for (const auto& [pointer, leaf] : object.fields)
    if (core::Seal::is_rolled(leaf.text) && after.contains(pointer)) after[pointer] = leaf.text;
  out.after = object_text(object.ref, after, live);
  return out;
}

}  // namespace gpuctl::steps
