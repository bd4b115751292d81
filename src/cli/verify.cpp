#include "engine/plan.hpp"

#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/site.hpp"
#include "cli/verbs.hpp"

namespace gpuctl::cli {

int verify(const Arguments& arguments, World& world) {
  const auto site = load_site(arguments, world);
  const auto fleet = world.fleet(arguments, site.playbook.cluster);
  core::Report report;
  {
    TerminalProgress progress(world, style_for(arguments, world, world.err_is_terminal));
    report = engine::verify(
        site.lanes, [&](const engine::Lane& lane) -> core::Observer& { return fleet->observer(lane); }, progress,
        world.stop, [&](const engine::Lane& lane) -> core::Prover& { return fleet->prover(lane); });
  }
  stamp(report, arguments);
  return finish(report, arguments, world);
}

}  // namespace gpuctl::cli
