#include "engine/provision.hpp"

#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/site.hpp"
#include "cli/state.hpp"
#include "cli/verbs.hpp"
#include "engine/plan.hpp"
#include "engine/saved_plan.hpp"
#include "engine/stale.hpp"

namespace gpuctl::cli {

namespace {

void confirm(World& world) {
  const auto answer = world.confirm("Perform this plan?");
  if (!answer)
    throw core::Error(
        core::ErrorKind::refused, "provision asks before it changes anything, and there is no terminal", {},
        "give --yes; a plan that was saved with `gpuctl plan --out FILE` is performed by --plan FILE --yes");
  if (!*answer) throw core::Error(core::ErrorKind::refused, "not confirmed; nothing was done");
}

/// What a saved plan was made from, unless the command line says so itself.
Arguments with_origin(Arguments arguments, const engine::SavedPlan& saved) {
  if (!arguments.playbook.empty()) return arguments;
  arguments.playbook = saved.origin.playbook;
  arguments.overlays = saved.origin.overlays;
  arguments.vars = saved.origin.vars;
  arguments.settings = saved.origin.settings;
  return arguments;
}

class Provision {
 public:
  Provision(const Arguments& arguments, World& world)
      : world_(world),
        saved_(arguments.plan_file.empty()
                   ? std::nullopt
                   : std::optional(engine::from_json(world.read(arguments.plan_file), arguments.plan_file))),
        arguments_(saved_ ? with_origin(arguments, *saved_) : arguments),
        site_(loaded()),
        fleet_(world.fleet(arguments_, site_.playbook.cluster)),
        progress_(world, style_for(arguments_, world, world.err_is_terminal)) {}

  int run() {
    const auto locks = lock_hosts(site_.lanes, world_);
    auto planned = this->planned();
    stamp(planned, arguments_);
    progress_.clear();
    if (engine::anything_to_do(planned) && !planned.interrupted) ask(planned);
    const auto report = engine::provision(site_.lanes, planned, hands(), progress_, world_.stop);
    progress_.clear();
    return finish(report, arguments_, world_);
  }

 private:
  /// A saved plan has words in place of Secrets' values: with its salt the manifests give the same words, and values to
  /// them.
  Site loaded() {
    if (saved_) world_.seal = std::make_shared<core::Seal>(saved_->salt);
    world_.is_for_later = saved_.has_value();
    return load_site(arguments_, world_);
  }

  core::Report planned() {
    if (saved_) return engine::revive(*saved_, site_.lanes, site_.playbook.sha256, look(), progress_);
    return engine::plan(site_.lanes, look(), progress_, world_.stop);
  }

  void ask(const core::Report& planned) {
    show(planned, arguments_, world_);
    if (arguments_.yes) return;
    confirm(world_);
    // A person takes his time: what he saw must still be so.
    engine::demand_fresh(planned, site_.lanes, look());
  }

  engine::Look look() {
    return [this](const engine::Lane& lane) -> core::Observer& { return fleet_->observer(lane); };
  }
  engine::Hands hands() {
    return [this](const engine::Lane& lane) {
      auto* prover = lane.cluster ? &fleet_->prover(lane) : nullptr;
      return engine::Reach{fleet_->observer(lane), fleet_->actor(lane), prover, arguments_.prove};
    };
  }

  World& world_;
  std::optional<engine::SavedPlan> saved_;
  Arguments arguments_;
  Site site_;
  std::unique_ptr<Fleet> fleet_;
  TerminalProgress progress_;
};

}  // namespace

int provision(const Arguments& arguments, World& world) {
  if (arguments.dry_run) return plan(arguments, world);
  return Provision(arguments, world).run();
}

}  // namespace gpuctl::cli
