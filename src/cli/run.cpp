#include "cli/run.hpp"

#include "cli/report.hpp"
#include "cli/verbs.hpp"
#include "view/annotations.hpp"
#include "view/error.hpp"

namespace gpuctl::cli {

namespace {

int perform(const Arguments& arguments, World& world) {
  switch (arguments.command) {
    case Command::plan:
      return plan(arguments, world);
    case Command::provision:
      return provision(arguments, world);
    case Command::verify:
      return verify(arguments, world);
    case Command::facts:
      return facts(arguments, world);
    case Command::chart_template:
      return chart_template(arguments, world);
    case Command::chart_values:
      return chart_values(arguments, world);
    case Command::chart_diff:
      return chart_diff(arguments, world);
    case Command::chart_lint:
      return chart_lint(arguments, world);
    case Command::chart_eval:
      return chart_eval(arguments, world);
    case Command::chart_functions:
      return chart_functions(arguments, world);
    case Command::chart_dependency_build:
      return chart_dependency_build(arguments, world);
    case Command::chart_dependency_update:
      return chart_dependency_update(arguments, world);
    case Command::chart_dependency_list:
      return chart_dependency_list(arguments, world);
    case Command::release_list:
      return release_list(arguments, world);
    case Command::release_status:
      return release_status(arguments, world);
    case Command::release_history:
      return release_history(arguments, world);
    case Command::release_rollback:
      return release_rollback(arguments, world);
    case Command::release_uninstall:
      return release_uninstall(arguments, world);
  }
  return 1;
}

}  // namespace

int exit_code(core::ErrorKind kind) {
  switch (kind) {
    case core::ErrorKind::usage:
      return 64;
    case core::ErrorKind::unreachable:
      return 3;
    case core::ErrorKind::refused:
      return 4;
    case core::ErrorKind::interrupted:
      return 130;
    case core::ErrorKind::invalid:
    case core::ErrorKind::failed:
      break;
  }
  return 1;
}

int run(const Arguments& arguments, World& world) {
  try {
    return perform(arguments, world);
  } catch (const core::Error& error) {
    world.err(view::error_text(error, style_for(arguments, world, world.err_is_terminal)));
    if (world.variable("GITHUB_ACTIONS") == "true") world.out(view::annotation(error));
    return exit_code(error.kind());
  }
}

}  // namespace gpuctl::cli
