#include "engine/plan.hpp"

#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/site.hpp"
#include "cli/verbs.hpp"

namespace gpuctl::cli {

int plan(const Arguments& arguments, World& world) {
  const auto site = load_site(arguments, world);
  const auto fleet = world.fleet(arguments);
  core::Report report;
  {
    TerminalProgress progress(world, style_for(arguments, world, world.err_is_terminal));
    report = engine::plan(
        site.lanes, [&](const core::Host& host) -> core::Observer& { return fleet->observer(host); }, progress,
        world.stop);
  }
  stamp(report, arguments);
  return finish(report, arguments, world);
}

}  // namespace gpuctl::cli
