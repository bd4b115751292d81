#include "kube/hook_run.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "core/error.hpp"
#include "kube/watch.hpp"

namespace gpuctl::kube {

using core::HelmHook;
using core::HelmHookRun;
using core::Record;

namespace {

constexpr const char* before_creation = "before-hook-creation";
constexpr const char* when_succeeded = "hook-succeeded";
constexpr const char* when_failed = "hook-failed";
constexpr std::chrono::seconds deletion_patience{60};

bool has_policy(const HelmHook& hook, const std::string& policy) {
  if (hook.delete_policies.empty()) return policy == before_creation;
  return std::ranges::find(hook.delete_policies, policy) != hook.delete_policies.end();
}

/// What goes with a definition is not a hook's to take.
bool is_definition(const HelmHook& hook) {
  return hook.object.kind == "CustomResourceDefinition";
}

/// How a Job or a pod ended; empty: not yet.
struct End {
  bool is = false;
  std::string failure;  ///< empty: it did well
};

End end_of_job(const Record& job) {
  for (std::size_t i = 0; job.contains(fmt::format("/status/conditions/{}/type", i)); ++i) {
    const auto at = fmt::format("/status/conditions/{}/", i);
    if (core::text_of(job, at + "status") != "True") continue;
    const auto type = core::text_of(job, at + "type");
    if (type == "Complete") return {true, ""};
    if (type == "Failed")
      return {true, fmt::format("{}: {}", core::text_of(job, at + "reason"), core::text_of(job, at + "message"))};
  }
  return {};
}

End end_of_pod(const Record& pod) {
  const auto phase = core::text_of(pod, "/status/phase");
  if (phase == "Succeeded") return {true, ""};
  if (phase != "Failed") return {};
  const auto exit = core::text_of(pod, "/status/containerStatuses/0/state/terminated/exitCode");
  return {true, exit.empty() ? core::text_of(pod, "/status/message") : "its first container exited with " + exit};
}

}  // namespace

std::int64_t now_us() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

std::string HookRun::run(const std::vector<HelmHook>& hooks, const std::function<void(HelmHookRun)>& told) {
  for (std::size_t i = 0; i < hooks.size(); ++i) {
    const auto why = run_one(hooks[i], told);
    if (why.empty()) continue;
    auto left = remove_where(hooks[i], when_failed);
    for (std::size_t done = 0; done < i; ++done) left += remove_where(hooks[done], when_succeeded);
    return fmt::format("hook {} failed: {}{}", core::describe(hooks[i].object), why, left);
  }
  std::string left;
  for (auto hook = hooks.rbegin(); hook != hooks.rend(); ++hook) left += remove_where(*hook, when_succeeded);
  return left.empty() ? left : "the hooks have done well" + left;
}

std::string HookRun::run_one(const HelmHook& hook, const std::function<void(HelmHookRun)>& told) {
  HelmHookRun run{hook.place, now_us(), 0, "Running"};
  told(run);
  const auto end = [&](std::string why) {
    run.completed_us = now_us();
    run.phase = why.empty() ? "Succeeded" : "Failed";
    told(run);
    return why;
  };
  if (has_policy(hook, before_creation) && !is_definition(hook))
    if (auto why = remove(hook); !why.empty()) return end(std::move(why));
  const core::Action apply = core::KubeApply{hook.object, hook.fields, core::helm_manager, false};
  if (const auto done = cluster_.perform({&apply, 1}, {}); !done.ok) return end(done.why);
  return end(await_end(hook));
}

std::string HookRun::await_end(const HelmHook& hook) {
  const bool job = hook.object.kind == "Job";
  if (!job && hook.object.kind != "Pod") return {};
  const core::Probe probe = core::KubeObject{hook.object};
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(timeout_s_);
  auto facts = cluster_.gather({&probe, 1});
  for (;;) {
    const auto* record = facts.record(probe);
    if (const auto* failed = std::get_if<core::Failed>(facts.find(probe))) return failed->why;
    if (!record) return "it has been deleted before it ended";
    const auto end = job ? end_of_job(*record) : end_of_pod(*record);
    if (end.is) return end.failure;
    if (std::chrono::steady_clock::now() >= deadline) return fmt::format("it has not ended within {} s", timeout_s_);
    facts = cluster_.wait({&probe, 1}, facts, deadline);
  }
}

/// And waits until it is gone, so that one of the same name can be made.
std::string HookRun::remove(const HelmHook& hook) {
  const core::Probe probe = core::KubeObject{hook.object};
  auto facts = cluster_.gather({&probe, 1});
  if (!facts.record(probe)) return {};
  const core::Action action = core::KubeDelete{hook.object, ""};
  if (const auto done = cluster_.perform({&action, 1}, {}); !done.ok) return done.why;
  const auto deadline = std::chrono::steady_clock::now() + deletion_patience;
  facts = cluster_.gather({&probe, 1});
  while (facts.record(probe)) {
    if (std::chrono::steady_clock::now() >= deadline)
      return fmt::format("the one of an earlier run is still there {} s after it was deleted: a finalizer holds it",
                         deletion_patience.count());
    facts = cluster_.wait({&probe, 1}, facts, deadline);
  }
  return {};
}

std::string HookRun::remove_where(const HelmHook& hook, const std::string& policy) {
  if (!has_policy(hook, policy) || is_definition(hook)) return {};
  const core::Action action = core::KubeDelete{hook.object, ""};
  const auto done = cluster_.perform({&action, 1}, {});
  return done.ok ? std::string() : "; it could not be deleted: " + done.why;
}

}  // namespace gpuctl::kube
