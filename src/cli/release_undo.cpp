#include <fmt/core.h>

#include "cli/cluster_lane.hpp"
#include "cli/release_read.hpp"
#include "cli/verbs.hpp"
#include "core/action.hpp"
#include "core/error.hpp"
#include "core/params.hpp"
#include "steps/helm_undo.hpp"

namespace gpuctl::cli {

namespace {

core::Cluster cluster_of(const ReleaseArguments& own) {
  core::Cluster out;
  out.kubeconfig = own.kubeconfig;
  out.context = own.context;
  return out;
}

int seconds_of(const std::string& text) {
  const auto duration = core::parse_duration(text);
  if (!duration)
    throw core::Error(core::ErrorKind::usage, fmt::format("--timeout: `{}` is no duration", text), {},
                      "write it as 90s or 5m");
  return static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(*duration).count());
}

steps::UndoPolicy policy_of(const ReleaseArguments& own) {
  steps::UndoPolicy out;
  out.hooks = !own.no_hooks;
  out.wait = own.wait;
  out.force = own.force_conflicts;
  out.keep_history = own.keep_history;
  out.timeout_s = seconds_of(own.timeout);
  out.history_max = own.history_max;
  out.description = own.description;
  return out;
}

/// What a dry run shows: in the order in which it would be done.
std::string plan_text(const core::HelmChange& change) {
  std::string out = core::describe(core::Action{change}) + "\n";
  const auto line = [&](const char* what, const core::KubeRef& ref) {
    out += fmt::format("  {:<8} {}\n", what, core::describe(ref));
  };
  for (const auto& hook : change.before) line("hook", hook.object);
  for (const auto& object : change.objects) line("apply", object.object);
  for (const auto& object : change.gone) line("delete", object.object);
  for (const auto& hook : change.after) line("hook", hook.object);
  return out;
}

void perform(const core::HelmChange& change, core::Actor& actor) {
  const core::Action action = change;
  const auto done = actor.perform({&action, 1}, {});
  if (!done.ok) throw core::Error(core::ErrorKind::failed, done.why, {}, done.advice);
}

/// Makes the change of what is stored, shows it or does it; `said` tells of it in the end.
template <class Make, class Said>
int undo(const Arguments& arguments, World& world, const Make& make, const Said& said) {
  const auto revisions = revisions_of(arguments, world, false);
  const auto fleet = world.fleet(arguments, cluster_of(arguments.release));
  const auto lane = cluster_lane();
  const core::HelmChange change = make(revisions, fleet->observer(lane));
  if (arguments.release.dry_run) {
    world.out(plan_text(change));
    return 0;
  }
  perform(change, fleet->actor(lane));
  world.out(said(change));
  return 0;
}

}  // namespace

int release_rollback(const Arguments& arguments, World& world) {
  const auto& own = arguments.release;
  return undo(
      arguments, world,
      [&](const auto& revisions, core::Observer& cluster) {
        return steps::rollback_of(revisions, own.revision, policy_of(own), cluster);
      },
      [](const core::HelmChange& change) {
        return fmt::format("release {} is back at what revision {} was, as revision {}\n", change.name, change.copy_of,
                           change.revision);
      });
}

int release_uninstall(const Arguments& arguments, World& world) {
  const auto& own = arguments.release;
  return undo(
      arguments, world,
      [&](const auto& revisions, core::Observer& cluster) {
        return steps::uninstall_of(revisions, policy_of(own), cluster);
      },
      [](const core::HelmChange& change) {
        return fmt::format("release {} uninstalled{}\n", change.name, change.keep_history ? ", its history kept" : "");
      });
}

}  // namespace gpuctl::cli
