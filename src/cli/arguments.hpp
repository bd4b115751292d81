#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/chart_arguments.hpp"
#include "cli/release_arguments.hpp"

namespace gpuctl::cli {

enum class Command {
  plan,
  provision,
  verify,
  facts,
  chart_template,
  chart_values,
  chart_diff,
  chart_lint,
  chart_eval,
  chart_functions,
  chart_dependency_build,
  chart_dependency_update,
  chart_dependency_list,
  release_list,
  release_status,
  release_history,
  release_rollback,
  release_uninstall
};

/// A command line, read.
struct Arguments {
  Command command = Command::plan;
  std::string playbook;  ///< of facts: --playbook, may be empty
  std::string host;      ///< of facts
  std::vector<std::string> overlays;
  std::vector<std::string> vars;
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<std::string> limit;
  std::vector<std::string> only;
  std::vector<std::string> skip;
  std::string out;        ///< plan: where to save it
  std::string plan_file;  ///< provision: a saved plan
  std::string json;       ///< `-`: standard output
  std::string junit;
  bool yes = false;
  bool dry_run = false;
  bool prove = false;  ///< provision: run the proofs though nothing has changed
  std::string identity;
  std::string user;
  std::string known_hosts;
  std::string sudo_password_file;
  int timeout_s = 25;
  bool no_sudo = false;
  bool no_color = false;
  bool verbose = false;
  ChartArguments chart;
  ReleaseArguments release;
};

/// Either what to do, or what to say instead.
struct Parsed {
  std::optional<Arguments> arguments;
  std::string text;  ///< help or what is wrong, with a newline at the end
  int exit = 0;      ///< 0 for help, 64 for wrong usage
};

/// Reads argv. Never throws for what a person typed.
Parsed parse(int argc, const char* const* argv);

}  // namespace gpuctl::cli
