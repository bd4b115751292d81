#include "steps/manifests.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "core/refusal_words.hpp"
#include "core/seal.hpp"
#include "steps/kube_names.hpp"
#include "steps/look.hpp"
#include "steps/object_text.hpp"
#include "steps/readiness.hpp"
#include "steps/refused.hpp"
#include "util/digest.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::KubeObject;
using core::KubeRef;

namespace {

constexpr const char* left_words = "what has left the files";

std::vector<std::string> paths_in(core::Params& params) {
  const auto* node = params.node("path");
  if (node && std::holds_alternative<core::Node::List>(node->value)) {
    auto out = params.texts("path");
    if (out.empty()) params.fail("path", "expected a file or a folder, or a list of them");
    return out;
  }
  return {params.text("path")};
}

/// Which Secrets' values are sent is told by these alone.
std::string digest_of(const KubeRef& ref, const core::Fields& fields) {
  std::string all;
  for (const auto& [pointer, leaf] : fields) {
    const auto text = core::is_secret_value(ref, pointer) ? std::string() : leaf.text;
    all += fmt::format("{}={}:{}\n", pointer, text.size(), text);
  }
  return util::sha256_hex(all).substr(0, 16);
}

/// What is deleted with them is not in the files: that is for a person to decide.
bool is_kept(const std::string& kind) {
  return kind == "Namespace" || kind == "CustomResourceDefinition" || kind == "PersistentVolumeClaim" ||
         kind == "PersistentVolume";
}

bool is_definition(const KubeRef& ref) {
  return ref.kind == "CustomResourceDefinition" && is_cluster_scoped(ref.api_version, ref.kind).has_value();
}

}  // namespace

Manifests Manifests::from(core::Params& params) {
  Manifests out;
  out.paths_ = paths_in(params);
  const auto space = object_name(params, "namespace", "");
  out.prune_ = params.flag("prune", true);
  out.force_ = params.flag("force", false);
  out.set_is_named_ = params.has("set");
  out.set_ = ApplySet(object_name(params, "set", set_name(params.where().file, out.paths_)));
  params.done();
  out.objects_ = read_manifests(params.source(), out.paths_, space);
  for (auto& object : out.objects_) {
    if (out.prune_) object.fields[label_at(ApplySet::part_of())] = {out.set_.id(), true};
    object.fields[annotation_at(sent_key)] = {digest_of(object.ref, object.fields), true};
  }
  return out;
}

std::string Manifests::title() const {
  return fmt::format("{}: {} object{}", util::join(paths_, ", "), objects_.size(), objects_.size() > 1 ? "s" : "");
}

std::set<std::string> Manifests::namespace_names() const {
  std::set<std::string> out;
  for (const auto& object : objects_)
    if (!object.ref.namespace_.empty()) out.insert(object.ref.namespace_);
  return out;
}

/// Those that the objects stand in and that no object of the set makes.
std::vector<KubeObject> Manifests::namespaces() const {
  std::vector<KubeObject> out;
  for (const auto& name : namespace_names())
    if (const KubeRef ref{"v1", "Namespace", "", name}; !is_member(ref)) out.push_back({ref});
  return out;
}

bool Manifests::is_member(const KubeRef& ref) const {
  return std::ranges::any_of(objects_, [&](const Manifest& object) {
    return object.ref.kind == ref.kind && object.ref.name == ref.name && object.ref.namespace_ == ref.namespace_ &&
           core::group_of(object.ref.api_version) == core::group_of(ref.api_version);
  });
}

SetKinds Manifests::kinds() const {
  SetKinds out;
  for (const auto& object : objects_) out.insert({object.ref.api_version, object.ref.kind});
  return out;
}

core::KubeDryRun Manifests::dry_run(const Manifest& object) const {
  return {object.ref, object.fields, manager, force_};
}

std::vector<core::Probe> Manifests::probes(const Facts& known) const {
  std::vector<core::Probe> out;
  for (const auto& name : namespaces()) out.emplace_back(name);
  for (const auto& object : objects_) out.emplace_back(KubeObject{object.ref});
  for (const auto& object : objects_) {
    const auto* answer = known.find(KubeObject{object.ref});
    const bool sent = answer && (std::holds_alternative<core::Absent>(*answer) ||
                                 (known.record(KubeObject{object.ref}) && !object_holds(object, known).holds));
    if (sent) out.emplace_back(dry_run(object));
  }
  if (!prune_) return out;
  out.emplace_back(set_.parent());
  auto all = kinds();
  all.merge(set_.remembered(known));
  for (const auto& kind : all) out.emplace_back(set_.members(kind));
  return out;
}

core::Change Manifests::plan(const Facts& known) const {
  Draft draft(kind, known);
  for (const auto& name : namespaces()) plan_namespace(draft, name);
  if (prune_) {
    auto all = kinds();
    all.merge(set_.remembered(known));
    plan_parent(draft, all);
  }
  for (const auto& object : objects_) plan_object(draft, object);
  for (const auto& object : objects_)
    if (is_definition(object.ref)) plan_established(draft, object);
  if (prune_ && can_prune(draft, known)) plan_pruned(draft, known);
  return draft.take();
}

void Manifests::plan_namespace(Draft& draft, const KubeObject& space) const {
  draft.check(
      {space}, "namespace " + space.object.name,
      [&](const Facts& facts) {
        const bool found = there(facts, space);
        return Finding{found, "there", found ? "there" : "absent", ""};
      },
      [&](const Facts&) {
        return never(fmt::format("put `namespace: {{name: {}}}` before this step, or the namespace into the files",
                                 space.object.name));
      });
}

Finding Manifests::object_holds(const Manifest& object, const Facts& facts) const {
  const auto* live = facts.record(KubeObject{object.ref});
  if (!live) return {false, "as in " + object.where.text(), "absent", ""};
  const auto set = core::text_of(*live, label_at(ApplySet::part_of()));
  if (prune_ && !set.empty() && set != set_.id()) return {false, "of this set or of none", "of the set " + set, ""};
  const auto off = core::differing(object.fields, *live);
  const auto owner = owner_of(*live);
  const auto expected = "as in " + object.where.text();
  return {off.empty(), expected, off.empty() ? expected : differences(object.ref, off),
          off.empty() || owner.empty() ? "" : owner + " has a hand in it"};
}

/// The kind is not there, and no definition before it brings it.
void Manifests::plan_unknown(Draft& draft, const Manifest& object, const std::string& why) const {
  draft.check(
      {}, core::describe(object.ref),
      [&](const Facts&) { return Finding{false, "as in " + object.where.text(), "not there", why}; },
      [&](const Facts&) {
        return never(fmt::format("correct `kind` or `apiVersion` at {}, or install first what brings its definition",
                                 object.where.text()));
      });
}

void Manifests::plan_object(Draft& draft, const Manifest& object) const {
  const auto* answer = draft.facts().find(KubeObject{object.ref});
  const auto* failed = answer ? std::get_if<core::Failed>(answer) : nullptr;
  if (failed && core::says(failed->why, core::no_kind)) return plan_unknown(draft, object, failed->why);
  draft.check(
      {KubeObject{object.ref}}, core::describe(object.ref),
      [&](const Facts& facts) {
        auto finding = object_holds(object, facts);
        const auto* dry = facts.find(dry_run(object));
        const auto* refused = dry ? std::get_if<core::Failed>(dry) : nullptr;
        if (!finding.holds && refused) finding.because = refused_because(refused->why);
        return finding;
      },
      [&](const Facts& facts) { return apply(object, facts); });
}

Cure Manifests::apply(const Manifest& object, const Facts& facts) const {
  const auto* live = facts.record(KubeObject{object.ref});
  const auto* dry = facts.find(dry_run(object));
  if (live && core::text_of(*live, label_at(ApplySet::part_of())) != set_.id() && prune_ &&
      live->contains(label_at(ApplySet::part_of())))
    return never("two sets cannot have one object: take it out of one of them, or say `set` so that it is one set");
  if (const auto* refused = dry ? std::get_if<core::Failed>(dry) : nullptr)
    return never(refused_advice(refused->why, object.where.text(), "`force: true` of this step"));
  auto cure = act(core::KubeApply{object.ref, object.fields, manager, force_});
  const auto* server = facts.record(dry_run(object));
  core::Diff diff;
  diff.path = core::describe(object.ref) + (server ? "" : " (as sent)");
  diff.created = !live;
  if (live) diff.before = object_text(object.ref, *live);
  const auto sent = live ? core::merged(object.fields, *live) : core::record_of(object.fields);
  diff.after = object_text(object.ref, server ? *server : sent, live);
  // A new definition is thousands of lines that nobody reads.
  if (live || !is_definition(object.ref)) cure.diffs.push_back(std::move(diff));
  return cure;
}

void Manifests::plan_established(Draft& draft, const Manifest& object) const {
  const KubeObject probe{object.ref};
  draft.check(
      {status_of(probe)}, core::describe(object.ref) + " is established",
      [&](const Facts& facts) {
        const auto* live = facts.record(probe);
        const auto state = live ? readiness(object.ref, *live) : Readiness{false, "absent", ""};
        return Finding{state.ready, "Established", state.observed, state.because};
      },
      [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
}

/// Before the first member it remembers every kind there may be, and only after the last deletion fewer: a run that is
/// killed in between forgets nothing.
void Manifests::plan_parent(Draft& draft, const SetKinds& all, const char* when) const {
  const auto sent = set_.parent_fields(all, namespace_names());
  const auto parent = set_.parent();
  draft.check(
      {parent}, "set " + parent.object.name + when,
      [&](const Facts& facts) {
        const auto* live = facts.record(parent);
        const auto words = [](std::size_t n) { return fmt::format("{} kind{} remembered", n, n > 1 ? "s" : ""); };
        if (!live) return Finding{false, words(all.size()), "absent", ""};
        const bool holds = core::differing(sent, *live).empty();
        const auto seen = set_.remembered(facts);
        return Finding{holds, words(all.size()), holds || seen != all ? words(seen.size()) : "written otherwise", ""};
      },
      [&](const Facts&) { return act(core::KubeApply{parent.object, sent, manager, force_}); });
}

std::vector<Manifests::Left> Manifests::left(const Facts& known, const SetKind& kind) const {
  std::vector<Left> out;
  const auto* list = known.record(set_.members(kind));
  if (!list) return out;
  for (const auto& [path, uid] : *list) {
    const auto slash = path.find('/');
    if (path.find('#') != std::string::npos || slash == std::string::npos) continue;
    const KubeRef ref{kind.api_version, kind.kind, path.substr(0, slash), path.substr(slash + 1)};
    if (!is_member(ref)) out.push_back({ref, core::describe(uid)});
  }
  return out;
}

/// Whether it is known what has left. Looked up in what was known before: our own applies make every list unknown, but
/// add nothing to it that is not in the files.
bool Manifests::can_prune(Draft& draft, const Facts& known) const {
  const auto now = kinds();
  auto all = now;
  all.merge(set_.remembered(known));
  for (const auto& kind : all) {
    const auto list = set_.members(kind);
    const auto* answer = known.find(list);
    if (answer && std::holds_alternative<core::Record>(*answer)) continue;
    const auto* failed = answer ? std::get_if<core::Failed>(answer) : nullptr;
    // A kind that the cluster no longer knows, or does not know yet, has no objects.
    if (failed && core::says(failed->why, core::no_kind)) continue;
    if (failed && !core::is_builtin_group(core::group_of(kind.api_version))) continue;
    if (answer && !failed) {
      draft.check(
          {list}, left_words, [](const Facts&) { return Finding{true, "nothing", "nothing", ""}; },
          [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
      return false;
    }
    draft.check(
        {}, left_words,
        [&](const Facts&) {
          return Finding{false, "nothing", "not known",
                         core::describe(core::Probe{list}) + ": " + (failed ? failed->why : "not asked")};
        },
        [&](const Facts&) {
          return never(failed ? look_advice(failed->why) + "; or say `prune: false`"
                              : "let gpuctl list that kind, or say `prune: false`");
        });
    return false;
  }
  return true;
}

/// None of our objects is a member of the set that others are members of: another playbook of the same file name may
/// have made it.
bool Manifests::is_somebody_elses(const Facts& known) const {
  if (set_is_named_) return false;
  return std::ranges::none_of(objects_, [&](const Manifest& object) {
    const auto* live = known.record(KubeObject{object.ref});
    return live && core::text_of(*live, label_at(ApplySet::part_of())) == set_.id();
  });
}

void Manifests::plan_no_prune(Draft& draft, const std::vector<Left>& gone) const {
  std::vector<std::string> names;
  for (const auto& one : gone) names.push_back(core::describe(one.ref));
  draft.check(
      {}, left_words,
      [&](const Facts&) {
        return Finding{false, "some of these files among the members of set " + set_.name(),
                       "others alone: " + some_of(names),
                       "the set was named by the playbook's file name and `path`, as another playbook may be"};
      },
      [&](const Facts&) {
        return never(fmt::format(
            "give this step a `set` of its own; if these files replace all of the others, `set: {}`", set_.name()));
      });
}

void Manifests::plan_pruned(Draft& draft, const Facts& known) const {
  auto all = kinds();
  auto exact = all;
  all.merge(set_.remembered(known));
  std::vector<Left> gone;
  std::vector<std::string> kept;
  for (const auto& kind : all)
    for (auto& one : left(known, kind)) {
      if (!is_kept(kind.kind)) {
        gone.push_back(std::move(one));
        continue;
      }
      kept.push_back(core::describe(one.ref));
      exact.insert(kind);
    }
  if (!gone.empty() && is_somebody_elses(known)) return plan_no_prune(draft, gone);
  std::multimap<int, const Left*, std::greater<>> last_first;
  for (const auto& one : gone) last_first.emplace(install_rank(one.ref.api_version, one.ref.kind), &one);
  for (const auto& [rank, left] : last_first) {
    const auto& one = *left;
    draft.check(
        {}, core::describe(one.ref),
        [](const Facts&) { return Finding{false, "absent: it has left the files", "there", ""}; },
        [&](const Facts&) { return act(core::KubeDelete{one.ref, one.uid}); });
  }
  const auto because = kept.empty() ? "" : "left there, for what would be deleted with it: " + some_of(kept);
  if (gone.empty() || !kept.empty())
    draft.check(
        {}, left_words, [&](const Facts&) { return Finding{true, "nothing to delete", "nothing to delete", because}; },
        [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
  if (exact != all) plan_parent(draft, exact, " without what was deleted");
}

}  // namespace gpuctl::steps
