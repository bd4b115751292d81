#include "kube/release_run.hpp"

#include <fmt/core.h>

#include <chrono>
#include <functional>

#include "core/error.hpp"
#include "core/refusal_words.hpp"
#include "kube/catalog.hpp"
#include "kube/hook_run.hpp"
#include "kube/managed_fields.hpp"
#include "kube/status.hpp"

namespace gpuctl::kube {

using core::Error;
using core::ErrorKind;

namespace {

/// Somebody else may write to the object meanwhile.
constexpr int migrate_attempts = 5;

/// As Helm says it in a release's description.
const char* noun_of(const std::string& what) {
  return what == "install" ? "Release" : what == "rollback" ? "Rollback" : "Upgrade";
}

/// What it comes to, also where it throws; but a server that is lost, or Ctrl-C, ends everything at once.
std::string told(const std::function<std::string()>& work) {
  try {
    return work();
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::unreachable || error.kind() == ErrorKind::interrupted) throw;
    return error.message();
  }
}

/// Why an object that was deleted cannot be said to be gone; empty where it is.
std::string left_of(const core::KubeRef& ref, const core::Facts& facts) {
  const auto* answer = facts.find(core::KubeObject{ref});
  if (!answer || std::holds_alternative<core::Absent>(*answer)) return {};
  const auto* failed = std::get_if<core::Failed>(answer);
  if (!failed) return core::describe(ref) + " is deleted, and still there";
  if (core::says(failed->why, core::no_kind)) return {};  // its kind went, too
  return core::describe(ref) + " is deleted, and whether it is gone cannot be seen: " + failed->why;
}

}  // namespace

ReleaseRun::ReleaseRun(Cluster& cluster, Api& api, const core::HelmChange& change)
    : cluster_(cluster), api_(api), change_(change), store_(api, change.name, change.namespace_) {}

std::string ReleaseRun::run() {
  if (!api_.options().book) return "nobody here writes Helm's releases";
  if (change_.what == "uninstall") return uninstall();
  begin();
  auto why = told([&] { return make(); });
  if (why.empty()) return {};
  note("failed", fmt::format("{} \"{}\" failed: {}", noun_of(change_.what), change_.name, why));
  return why + take_back() + undo();
}

core::HelmNews ReleaseRun::news(const std::string& status, const std::string& description) {
  core::HelmNews out{status, description, now_us(), std::move(ran_)};
  ran_.clear();
  return out;
}

void ReleaseRun::begin() {
  const auto& book = *api_.options().book;
  const auto pending = news("pending-" + change_.what, "");
  if (change_.copy_of != 0) {
    const auto before = store_.revision(change_.copy_of);
    if (!before)
      throw Error(ErrorKind::failed, fmt::format("revision {} of {} is not there", change_.copy_of, change_.name));
    secret_ = book.copied(*before, change_.revision, pending);
  } else {
    const auto content = api_.seal().value(change_.content);
    if (!content)
      throw Error(ErrorKind::refused,
                  fmt::format("release {}: what the chart renders is not what was planned", change_.name), {},
                  "plan again, review it, and perform the new plan");
    secret_ = book.revision(*content, pending);
  }
  if (!change_.origin.empty()) secret_.annotations[core::origin_annotation] = change_.origin;
  store_.create(secret_, change_.replaces);
}

void ReleaseRun::note(const std::string& status, const std::string& description) {
  secret_ = api_.options().book->noted(secret_, news(status, description));
  store_.replace(secret_);
}

std::string ReleaseRun::make() {
  if (auto why = hooks(change_.before); !why.empty()) return why;
  if (change_.migrate)
    for (const auto& object : change_.objects)
      if (auto why = migrate(object); !why.empty()) return why;
  if (auto why = apply_all(); !why.empty()) return why;
  if (auto why = remove_all(); !why.empty()) return why;
  if (change_.wait)
    if (auto why = await_ready(); !why.empty()) return why;
  if (auto why = hooks(change_.after); !why.empty()) return why;
  const auto& book = *api_.options().book;
  for (const auto& other : store_.labelled("status=deployed"))
    if (other.name != secret_.name) store_.replace(book.noted(other, {"superseded", "", now_us(), {}}));
  note("deployed", change_.description);
  store_.forget_old(change_.history_max);
  return {};
}

std::string ReleaseRun::hooks(const std::vector<core::HelmHook>& all) {
  return HookRun(cluster_, change_.timeout_s).run(all, [&](const core::HelmHookRun& run) {
    std::erase_if(ran_, [&](const auto& other) { return other.place == run.place; });
    ran_.push_back(run);
  });
}

std::string ReleaseRun::apply_all() {
  std::vector<core::Action> actions(change_.objects.begin(), change_.objects.end());
  return cluster_.perform(actions, {}).why;
}

std::string ReleaseRun::remove_all() {
  std::vector<core::Action> actions(change_.gone.begin(), change_.gone.end());
  return cluster_.perform(actions, {}).why;
}

std::string ReleaseRun::await_ready() {
  const auto& ready = api_.options().unready;
  if (!ready) return {};
  std::vector<core::Probe> probes;
  for (const auto& object : change_.objects) probes.emplace_back(core::KubeObject{object.object});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(change_.timeout_s);
  auto facts = cluster_.gather(probes);
  for (;;) {
    std::string first;
    for (const auto& object : change_.objects) {
      const auto* live = facts.record(core::KubeObject{object.object});
      const auto why = live ? ready(object.object, *live) : "it is not there";
      if (!why.empty() && first.empty()) first = core::describe(object.object) + ": " + why;
    }
    if (first.empty()) return {};
    if (std::chrono::steady_clock::now() >= deadline) return fmt::format("{} after {} s", first, change_.timeout_s);
    facts = cluster_.wait(probes, facts, deadline);
  }
}

std::string ReleaseRun::await_gone() {
  std::vector<core::Probe> probes;
  for (const auto& object : change_.gone) probes.emplace_back(core::KubeObject{object.object});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(change_.timeout_s);
  auto facts = cluster_.gather(probes);
  for (;;) {
    std::string first;
    for (const auto& object : change_.gone)
      if (first.empty()) first = left_of(object.object, facts);
    if (first.empty()) return {};
    if (std::chrono::steady_clock::now() >= deadline) return fmt::format("{} after {} s", first, change_.timeout_s);
    facts = cluster_.wait(probes, facts, deadline);
  }
}

std::string ReleaseRun::migrate(const core::KubeApply& apply) {
  const auto path = cluster_.path_of(apply.object);
  if (path.empty()) return {};  // no such kind: the apply says so
  std::string why;
  for (int attempt = 0; attempt < migrate_attempts; ++attempt) {
    const auto live = api_.send(api_.get(path));
    if (live.status == 404) return {};
    const auto patch = live.good() ? applied_instead(live.body, apply.manager) : std::string();
    if (live.good() && patch.empty()) return {};
    const auto response =
        live.good() ? api_.send(api_.request("PATCH", path, "application/json-patch+json", patch)) : live;
    if (response.good()) return {};
    why = refusal_of(response).why;
  }
  return fmt::format("{}: who manages its fields cannot be rewritten: {}", core::describe(apply.object), why);
}

std::string ReleaseRun::uninstall() {
  const auto& book = *api_.options().book;
  const auto last = store_.revision(change_.revision);
  if (!last) return {};
  secret_ = *last;
  note("uninstalling", "Deletion in progress (or silently failed)");
  if (auto why = hooks(change_.before); !why.empty()) return why;
  if (auto why = remove_all(); !why.empty()) return why;
  if (change_.wait)
    if (auto why = await_gone(); !why.empty()) return why;
  if (auto why = hooks(change_.after); !why.empty()) return why;
  if (change_.keep_history) {
    secret_ = book.noted(secret_, news("uninstalled", change_.description));
    store_.replace(secret_);
    return {};
  }
  for (const auto& secret : store_.labelled()) store_.remove(secret.name);
  return {};
}

/// What became of the objects that this change has made anew.
std::string ReleaseRun::take_back() {
  if (change_.made.empty()) return {};
  const std::vector<core::Action> actions(change_.made.begin(), change_.made.end());
  const auto why = told([&] { return cluster_.perform(actions, {}).why; });
  return why.empty() ? "; what it had made is deleted again" : "; what it had made is still there: " + why;
}

std::string ReleaseRun::undo() {
  if (change_.if_it_fails.empty()) return {};
  const auto& back = change_.if_it_fails.front();
  const auto why = told([&] { return ReleaseRun(cluster_, api_, back).run(); });
  const auto what = back.what == "uninstall"
                        ? std::string("it was uninstalled again")
                        : fmt::format("revision {} was brought back as {}", back.copy_of, back.revision);
  if (why.empty()) return "; " + what;
  return fmt::format("; the way back failed, too: {}", why);
}

}  // namespace gpuctl::kube
