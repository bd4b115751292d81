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
  out.cleanup = own.cleanup;
  out.propagation = own.cascade == "orphan" ? "Orphan" : own.cascade == "foreground" ? "Foreground" : "Background";
  out.timeout_s = seconds_of(own.timeout);
  out.history_max = own.history_max;
  out.description = own.description;
  return out;
}

/// What a dry run shows: in the order in which it would be done.
std::string plan_text(const core::HelmChange& change) {
  std::string out = core::describe(core::Action{change}) + "\n";
  const auto line = [&](const char* what, const core::KubeRef& ref, const char* besides = "") {
    out += fmt::format("  {:<8} {}{}\n", what, core::describe(ref), besides);
  };
  for (const auto& hook : change.before) line("hook", hook.object);
  for (const auto& object : change.objects) line("apply", object.object);
  for (const auto& object : change.gone)
    line("delete", object.object, object.propagation == "Orphan" ? ", and leave what it owns" : "");
  for (const auto& object : change.made) out += "  if it fails, delete " + core::describe(object.object) + "\n";
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
int undo(const Arguments& arguments, World& world, Fleet& fleet, const std::vector<chart::release::Release>& revisions,
         const Make& make, const Said& said) {
  const auto lane = cluster_lane();
  const core::HelmChange change = make(revisions, fleet.observer(lane));
  if (arguments.release.dry_run) {
    world.out(plan_text(change));
    return 0;
  }
  perform(change, fleet.actor(lane));
  world.out(said(change));
  return 0;
}

}  // namespace

int release_rollback(const Arguments& arguments, World& world) {
  const auto& own = arguments.release;
  const auto fleet = fleet_of(arguments, world);
  return undo(
      arguments, world, *fleet, revisions_of(arguments, world, *fleet, false),
      [&](const auto& revisions, core::Observer& cluster) {
        return steps::rollback_of(revisions, own.revision, policy_of(own), cluster);
      },
      [](const core::HelmChange& change) {
        return fmt::format("release {} is back at what revision {} was, as revision {}\n", change.name, change.copy_of,
                           change.revision);
      });
}

int release_uninstall(const Arguments& arguments, World& world) {
  auto one = arguments;
  const auto& own = one.release;
  const auto fleet = fleet_of(arguments, world);
  for (const auto& name : arguments.release.names) {
    one.release.name = name;
    auto read = read_releases(one, world, *fleet, name, false);
    if (own.ignore_absent && read.releases.empty() && read.unread == 0) {
      world.out(fmt::format("release {} is not there\n", name));
      continue;
    }
    undo(
        one, world, *fleet, demanded(std::move(read), name),
        [&](const auto& revisions, core::Observer& cluster) {
          return steps::uninstall_of(revisions, policy_of(own), cluster);
        },
        [](const core::HelmChange& change) {
          return fmt::format("release {} uninstalled{}\n", change.name,
                             change.keep_history ? ", its history kept" : "");
        });
  }
  return 0;
}

}  // namespace gpuctl::cli
