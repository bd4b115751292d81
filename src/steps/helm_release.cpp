#include "steps/helm_release.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart/render/release.hpp"
#include "core/refusal_words.hpp"
#include "steps/cluster.hpp"
#include "steps/helm_values.hpp"
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

namespace {

constexpr std::size_t made_digits = 10;
constexpr const char* force_words = "`force_conflicts: true` of this step";

core::ChartRef chart_of(core::Params& params) {
  core::ChartRef out;
  out.chart = params.text("chart");
  out.repository = params.text("repository", "");
  out.version = params.text("version", "");
  return out;
}

std::shared_ptr<const HelmChart> load(core::Params& params, std::shared_ptr<chart::Map> values) {
  const auto ref = chart_of(params);
  try {
    auto files = params.source().chart(ref);
    return std::make_shared<const HelmChart>(std::move(files), std::move(values), params.source().workshop());
  } catch (const core::Error& error) {
    if (error.kind() == core::ErrorKind::interrupted) throw;
    params.fail("chart", fmt::format("{}: {}", ref.chart, error.message()), error.hint());
  }
}

bool is_off(const Manifest& object, const Facts& known) {
  const auto* answer = known.find(KubeObject{object.ref});
  if (!answer) return false;
  const auto* live = std::get_if<core::Record>(answer);
  return std::holds_alternative<core::Absent>(*answer) || (live && !core::differing(object.fields, *live).empty());
}

std::string stored_words(const StoredRelease& stored) {
  if (!stored.there) return "absent";
  return fmt::format("revision {}, {}, {}", stored.last, stored.version, stored.status);
}

std::string wanted_words(const HelmChart& chart, const HelmCounts& counts) {
  return fmt::format("{} {}, deployed: {}", chart.name(), chart.version(), counts.words());
}

}  // namespace

HelmRelease HelmRelease::from(core::Params& params) {
  HelmRelease out;
  out.name_ = params.text("name", "");
  out.space_ = object_name(params, "namespace");
  out.create_namespace_ = params.flag("create_namespace", false);
  out.take_ownership_ = params.flag("take_ownership", false);
  out.policy_.force = params.flag("force_conflicts", false);
  out.skip_definitions_ = params.flag("skip_crds", false);
  out.policy_.atomic = params.flag("atomic", false);
  out.policy_.wait = params.flag("wait", true) || out.policy_.atomic;
  out.policy_.timeout_s = static_cast<int>(
      std::chrono::duration_cast<std::chrono::seconds>(params.duration("timeout", std::chrono::minutes(5))).count());
  out.policy_.history_max = static_cast<int>(params.integer("history_max", 10));
  if (out.policy_.history_max < 0)
    params.fail("history_max", "expected 0, for all of them, or how many revisions are kept");
  if (!out.name_.empty()) try {
      chart::check_release_name(out.name_);
    } catch (const core::Error& error) {
      params.fail("name", error.message());
    }
  auto values = helm_values(params);
  out.chart_ = load(params, std::move(values));
  params.done();
  return out;
}

HelmRelease HelmRelease::of(std::string name, std::string space, std::shared_ptr<const HelmChart> chart) {
  HelmRelease out;
  out.name_ = std::move(name);
  out.space_ = std::move(space);
  out.chart_ = std::move(chart);
  out.create_namespace_ = true;
  return out;
}

std::string HelmRelease::title() const {
  return fmt::format("{} {}", name_.empty() ? chart_->name() : name_, chart_->version());
}

/// The same each time: what a made name hangs on stays the same.
std::string HelmRelease::name_in(const Facts& known) const {
  if (!name_.empty()) return name_;
  const auto made =
      fmt::format("{}-{}", chart_->name(), util::sha256_hex(space_ + "/" + chart_->name()).substr(0, made_digits));
  const auto* releases = known.record(stored());
  return releases ? name_of_chart(*releases, chart_->name(), made) : made;
}

Standing HelmRelease::standing(const Facts& known) const {
  Standing out;
  out.release = {name_in(known), space_};
  if (const auto* releases = known.record(stored())) out.stored = stored_release(*releases, out.release.name);
  out.rendering = &chart_->rendered(rendered_for(out.stored, out.release), known);
  out.fault = out.rendering->fault;
  if (!out.fault.empty()) return out;
  try {
    out.unchanged = is_unchanged(out.stored, *out.rendering, *chart_);
    const auto scope = chart_->scopes(known);
    out.wanted = out.unchanged ? helm_objects(out.stored.manifest, out.release, scope) : out.rendering->objects;
    if (out.unchanged) return out;
    for (auto& old : helm_objects(out.stored.from_manifest, out.release, scope)) {
      const bool stays =
          std::ranges::any_of(out.wanted, [&](const auto& one) { return same_object(one.ref, old.ref); });
      if (!stays && !is_kept(old.fields)) out.gone.push_back(std::move(old));
    }
  } catch (const core::Error& error) {
    out.fault = error.where().text() + ": " + error.message();
  }
  return out;
}

core::KubeDryRun HelmRelease::dry_run(const Manifest& object) const {
  return {object.ref, object.fields, core::helm_manager, policy_.force};
}

std::vector<core::Probe> HelmRelease::probes(const Facts& known) const {
  std::vector<core::Probe> out{core::KubeServer{}, core::KubeApis{}, stored()};
  // What needs to know the cluster's kinds comes with the objects: asked now, it would cost a round trip of its own.
  if (!known.asked(core::KubeApis{}) || !known.asked(stored())) return out;
  out.emplace_back(KubeObject{{"v1", "Namespace", "", space_}});
  if (!skip_definitions_)
    for (const auto& one : chart_->definitions()) out.emplace_back(KubeObject{one.ref});
  if (!known.record(stored())) return out;
  const auto now = standing(known);
  bool all_looked_up = true;
  for (const auto& ref : now.rendering->lookups) {
    out.emplace_back(core::KubeLookup{ref});
    all_looked_up = all_looked_up && known.asked(core::KubeLookup{ref});
  }
  if (!all_looked_up) return out;
  for (const auto& object : now.wanted) {
    out.emplace_back(KubeObject{object.ref});
    // What a client applied is taken over first; what a dry run says before that does not count.
    if (!now.stored.client_side && is_off(object, known)) out.emplace_back(dry_run(object));
    if (!policy_.wait || !is_waited_for(object.ref)) continue;
    const auto* live = known.record(KubeObject{object.ref});
    if (!live || readiness_in_release(object.ref, *live).ready) continue;
    out.emplace_back(pods_in(object.ref.namespace_));
    out.emplace_back(warnings_about(object.ref));
  }
  for (const auto& object : now.gone) out.emplace_back(KubeObject{object.ref});
  return out;
}

core::Change HelmRelease::plan(const Facts& known) const {
  Draft draft(kind, known);
  plan_namespace(draft);
  if (!skip_definitions_) plan_definitions(draft);
  if (!plan_stored(draft)) return draft.take();
  const auto now = standing(draft.facts());
  if (!plan_rendering(draft, now)) return draft.take();
  if (now.unchanged) {
    plan_as_stored(draft, now);
    for (const auto& object : now.wanted) plan_drift(draft, now, object);
  } else if (plan_owners(draft, now) && plan_refusals(draft, now) && plan_gone(draft, now)) {
    plan_change(draft, now);
  } else {
    return draft.take();
  }
  if (policy_.wait)
    for (const auto& object : now.wanted)
      if (is_waited_for(object.ref)) plan_ready(draft, object);
  return draft.take();
}

/// Whether it is known what the release's Secrets say, and what the cluster serves.
bool HelmRelease::plan_stored(Draft& draft) const {
  const auto readable = [&](const Facts& facts) {
    const auto* releases = facts.record(stored());
    return releases ? stored_release(*releases, name_in(facts)).trouble
                    : std::string("nothing was heard of its Secrets");
  };
  const bool known = draft.facts().record(stored()) && draft.facts().record(core::KubeApis{});
  if (known && readable(draft.facts()).empty()) return true;
  draft.check(
      {stored(), core::KubeApis{}}, "release " + name_in(draft.facts()),
      [&](const Facts& facts) {
        return Finding{false, "a release that can be read", "one that cannot", readable(facts)};
      },
      [](const Facts&) { return never("delete the revision that cannot be read, or give the release another name"); });
  return false;
}

void HelmRelease::plan_namespace(Draft& draft) const {
  const KubeObject space{{"v1", "Namespace", "", space_}};
  draft.check(
      {space}, "namespace " + space_,
      [&](const Facts& facts) {
        const bool found = there(facts, space);
        return Finding{found, "there", found ? "there" : "absent", ""};
      },
      [&](const Facts&) {
        if (create_namespace_)
          return act(core::KubeApply{space.object, begin_object(space.object), core::helm_manager, false});
        return never("say `create_namespace: true`, or put a `namespace` step before this one");
      });
}

/// Helm makes them where they are absent, and never touches them again.
void HelmRelease::plan_definitions(Draft& draft) const {
  for (const auto& one : chart_->definitions()) {
    const KubeObject probe{one.ref};
    draft.check(
        {probe}, core::describe(one.ref),
        [&](const Facts& facts) {
          const auto* live = facts.record(probe);
          if (!live) return Finding{false, "there", "absent", ""};
          const bool same = core::differing(one.fields, *live).empty();
          return Finding{true, "there", "there",
                         same ? "" : "not as in the chart; Helm changes no definition that is there"};
        },
        [&](const Facts&) { return act(core::KubeApply{one.ref, one.fields, core::helm_manager, false}); });
  }
}

bool HelmRelease::plan_rendering(Draft& draft, const Standing& now) const {
  const auto outcome = draft.check(
      {}, "chart " + chart_->name() + " " + chart_->version(),
      [&](const Facts&) {
        if (!now.fault.empty())
          return Finding{false, "it renders", "it does not", util::replace_all(now.fault, "\n    ", " ")};
        const auto& unused = now.rendering->unused_values;
        return Finding{true, "it renders",
                       fmt::format("{} objects, {} hooks", now.wanted.size(), now.rendering->hooks.size()),
                       unused.empty() ? "" : "no template reads these values: " + some_of(unused, 8)};
      },
      [](const Facts&) {
        return never("correct the chart or its values; `gpuctl chart template` renders it without a cluster");
      });
  return outcome == core::Outcome::passed;
}

/// What others have made is theirs, until somebody says otherwise.
bool HelmRelease::plan_owners(Draft& draft, const Standing& now) const {
  bool good = true;
  if (take_ownership_) return good;
  for (const auto& object : now.wanted) {
    const auto* live = draft.facts().record(KubeObject{object.ref});
    if (!live) continue;
    const auto whose = not_owned(*live, now.release);
    if (whose.empty()) continue;
    good = false;
    draft.check(
        {}, core::describe(object.ref),
        [&](const Facts&) { return Finding{false, "of release " + now.release.name + ", or absent", "there", whose}; },
        [&](const Facts&) {
          return never("say `take_ownership: true` if the release is to have it, or take it out of the chart's values");
        });
  }
  return good;
}

bool HelmRelease::plan_refusals(Draft& draft, const Standing& now) const {
  bool good = true;
  for (const auto& object : now.wanted) {
    const auto* dry = draft.facts().find(dry_run(object));
    const auto* refused = dry ? std::get_if<core::Failed>(dry) : nullptr;
    if (!refused) continue;
    good = false;
    draft.check(
        {}, core::describe(object.ref),
        [&](const Facts&) {
          return Finding{false, "as in " + object.where.text(), "not so", refused_because(refused->why)};
        },
        [&](const Facts&) { return never(refused_advice(refused->why, object.where.text(), force_words)); });
  }
  return good;
}

/// What has left the chart is deleted, but not unseen: it may ask to be kept.
bool HelmRelease::plan_gone(Draft& draft, const Standing& now) const {
  bool good = true;
  for (const auto& object : now.gone) {
    const auto why = why_unseen(object.ref, draft.facts());
    if (why.empty()) continue;
    good = false;
    draft.check(
        {}, core::describe(object.ref),
        [&](const Facts&) { return Finding{false, "gone, it has left the chart, or kept", "not known", why}; },
        [&](const Facts&) { return never(look_advice(why)); });
  }
  return good;
}

void HelmRelease::plan_change(Draft& draft, const Standing& now) const {
  std::vector<Need> needs{stored()};
  for (const auto& object : now.wanted) needs.emplace_back(KubeObject{object.ref});
  draft.check(
      needs, "release " + now.release.name,
      [&](const Facts& facts) {
        Finding out{false, wanted_words(*chart_, counts_of(now, facts)), stored_words(now.stored), ""};
        if (now.stored.is_pending())
          out.because =
              fmt::format("the run that began this revision{} did not end, or goes on elsewhere; it is finished now",
                          now.stored.updated.empty() ? "" : " at " + now.stored.updated);
        if (now.stored.status == "failed") out.because = now.stored.description;
        return out;
      },
      [&](const Facts& facts) {
        const auto change = change_of(now, *chart_, policy_, facts);
        Cure out{core::Mend{change, promises_of(change, now, *chart_, stored(), facts)}, {}, diffs_of(now, facts)};
        out.disruption.note = hook_words(change);
        return out;
      });
}

std::vector<core::Diff> HelmRelease::diffs_of(const Standing& now, const Facts& known) const {
  std::vector<core::Diff> out;
  for (const auto& object : now.wanted) {
    const auto* live = known.record(KubeObject{object.ref});
    auto diff = diff_of(object, live, known.record(dry_run(object)));
    if (!live || diff.before != diff.after) out.push_back(std::move(diff));
  }
  for (const auto& object : now.gone) {
    const auto* live = known.record(KubeObject{object.ref});
    if (live) out.push_back({core::describe(object.ref), object_text(object.ref, *live), "", false, true});
  }
  return out;
}

void HelmRelease::plan_as_stored(Draft& draft, const Standing& now) const {
  const auto words = stored_words(now.stored);
  draft.check(
      {stored()}, "release " + now.release.name, [&](const Facts&) { return Finding{true, words, words, ""}; },
      [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
}

/// What somebody has changed since is brought back, without a new revision: the release is what it was.
void HelmRelease::plan_drift(Draft& draft, const Standing& now, const Manifest& object) const {
  const KubeObject probe{object.ref};
  draft.check(
      {probe}, core::describe(object.ref),
      [&](const Facts& facts) {
        const auto* live = facts.record(probe);
        if (!live) return Finding{false, "as in the release", "absent", ""};
        const auto off = core::differing(object.fields, *live);
        return Finding{off.empty(), "as in the release",
                       off.empty() ? "as in the release" : differences(object.ref, off), ""};
      },
      [&](const Facts& facts) {
        const auto* dry = facts.find(dry_run(object));
        if (const auto* refused = dry ? std::get_if<core::Failed>(dry) : nullptr)
          return never(refused_because(refused->why) + ": " +
                       refused_advice(refused->why, object.where.text(), force_words));
        auto cure = act(core::KubeApply{object.ref, object.fields, core::helm_manager, policy_.force});
        cure.diffs.push_back(diff_of(object, facts.record(probe), facts.record(dry_run(object))));
        return cure;
      });
}

void HelmRelease::plan_ready(Draft& draft, const Manifest& object) const {
  const KubeObject probe{object.ref};
  const auto holds = [&](const Facts& facts) {
    const auto* live = facts.record(probe);
    if (!live) return Finding{false, "ready", "absent", ""};
    const auto state = readiness_in_release(object.ref, *live);
    return Finding{state.ready, "ready", state.observed, state.because};
  };
  const bool so = holds(draft.facts()).holds;
  draft.check(
      made_by_controllers({status_of(probe)}, so, draft.facts(), pods_in(object.ref.namespace_)),
      core::describe(object.ref) + " is ready",
      [&](const Facts& facts) {
        auto finding = holds(facts);
        if (finding.holds) return finding;
        for (const auto& why :
             {newest_warning(facts, warnings_about(object.ref)), troubled(facts, pods_in(object.ref.namespace_))})
          if (!why.empty()) finding.because += (finding.because.empty() ? "" : "; ") + why;
        return finding;
      },
      [](const Facts&) { return Cure{core::Wait{}, {}, {}}; });
}

}  // namespace gpuctl::steps
