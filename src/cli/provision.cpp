#include "engine/provision.hpp"

#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/site.hpp"
#include "cli/verbs.hpp"
#include "engine/plan.hpp"

namespace gpuctl::cli {

namespace {

void confirm(const Arguments& arguments, World& world) {
  if (arguments.yes) return;
  const auto answer = world.confirm("Perform this plan?");
  if (!answer)
    throw core::Error(core::ErrorKind::refused, "provision asks before it changes anything, and there is no terminal",
                      {}, "give --yes, or save a plan with `gpuctl plan --out FILE` and give --plan FILE --yes");
  if (!*answer) throw core::Error(core::ErrorKind::refused, "not confirmed; nothing was done");
}

}  // namespace

int provision(const Arguments& arguments, World& world) {
  if (arguments.dry_run) return plan(arguments, world);
  const auto site = load_site(arguments, world);
  const auto fleet = world.fleet(arguments);
  const auto look = [&](const core::Host& host) -> core::Observer& { return fleet->observer(host); };
  const auto hands = [&](const core::Host& host) { return engine::Reach{fleet->observer(host), fleet->actor(host)}; };
  TerminalProgress progress(world, style_for(arguments, world, world.err_is_terminal));

  auto planned = engine::plan(site.lanes, look, progress, world.stop);
  stamp(planned, arguments);
  progress.clear();
  if (engine::anything_to_do(planned) && !planned.interrupted) {
    show(planned, arguments, world);
    confirm(arguments, world);
  }
  const auto report = engine::provision(site.lanes, planned, hands, progress, world.stop);
  progress.clear();
  return finish(report, arguments, world);
}

}  // namespace gpuctl::cli
