#include "engine/plan.hpp"

#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/site.hpp"
#include "cli/verbs.hpp"
#include "engine/saved_plan.hpp"

namespace gpuctl::cli {

int plan(const Arguments& arguments, World& world) {
  world.is_for_later = true;
  const auto site = load_site(arguments, world);
  const auto fleet = world.fleet(arguments, site.playbook.cluster);
  core::Report report;
  {
    TerminalProgress progress(world, style_for(arguments, world, world.err_is_terminal));
    report = engine::plan(
        site.lanes, [&](const engine::Lane& lane) -> core::Observer& { return fleet->observer(lane); }, progress,
        world.stop);
  }
  stamp(report, arguments);
  const auto exit = finish(report, arguments, world);
  if (!arguments.out.empty() && !report.interrupted)
    world.write(arguments.out,
                engine::to_json(engine::save(report, origin_of(arguments), site.playbook.sha256, world.seal->salt())));
  return exit;
}

}  // namespace gpuctl::cli
