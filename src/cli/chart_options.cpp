#include "cli/chart_options.hpp"

#include <CLI/CLI.hpp>

#include "cli/arguments.hpp"
#include "cli/release_options.hpp"

namespace gpuctl::cli {

namespace {

void add_list(CLI::App& verb, const char* names, std::vector<std::string>& to, const char* value, const char* text) {
  verb.add_option(names, to, text)->option_text(value)->allow_extra_args(false);
}

void add_values(CLI::App& verb, chart::ValueOptions& to) {
  add_list(verb, "-f,--values", to.files, "FILE",
           "Read values from this file or address; - is standard input (repeatable)");
  add_list(verb, "--set", to.set, "NAME=VALUE,…", "Set values (repeatable)");
  add_list(verb, "--set-string", to.set_string, "NAME=VALUE,…", "Set values that stay text (repeatable)");
  add_list(verb, "--set-json", to.set_json, "NAME=JSON,…", "Set values from JSON (repeatable)");
  add_list(verb, "--set-file", to.set_file, "NAME=FILE,…", "Set values from the text of files (repeatable)");
  add_list(verb, "--set-literal", to.set_literal, "NAME=TEXT", "Set a value to this text as it is (repeatable)");
}

void add_common(CLI::App& verb, ChartArguments& to) {
  verb.add_option("-n,--namespace", to.name_space, "The release's namespace")
      ->option_text("NAMESPACE")
      ->take_last()
      ->capture_default_str();
  add_values(verb, to.values);
  verb.add_option("--kube-version", to.kube_version, "The Kubernetes version that charts see")
      ->option_text("VERSION")
      ->take_last();
  verb.add_flag("--skip-schema-validation", to.skip_schema, "Do not check values against values.schema.json");
}

/// What template and values have in common: both render.
void add_rendering(CLI::App& verb, ChartArguments& to) {
  verb.add_option(
          "CHART", to.positional,
          "The release's name, unless it is generated, and a chart: folder, .tgz, REPO/CHART, https://…, oci://…")
      ->required()
      ->expected(1, 2);
  add_common(verb, to);
  add_source(verb, to.source);
  verb.add_flag("--dependency-update", to.dependency_update, "Fetch what the chart's folder depends on and lacks");
  verb.add_flag("-g,--generate-name", to.generate_name, "Render without a NAME");
  verb.add_option("--name-template", to.name_template, "A template that makes the release's name")
      ->option_text("TEMPLATE")
      ->take_last();
  verb.add_flag("--is-upgrade", to.is_upgrade, "Set .Release.IsUpgrade instead of .Release.IsInstall");
  verb.add_option("-a,--api-versions", to.api_versions, "API versions that charts see beside the usual (repeatable)")
      ->option_text("VERSION,…")
      ->allow_extra_args(false)
      ->delimiter(',');
}

CLI::App* add_chart_verb(CLI::App& chart, Arguments& to, Command command, const char* name, const char* text) {
  auto* verb = chart.add_subcommand(name, text);
  verb->group("Commands");
  verb->callback([&to, command] { to.command = command; });
  return verb;
}

void add_template(CLI::App& chart, Arguments& to) {
  auto* verb = add_chart_verb(chart, to, Command::chart_template, "template", "Print what a chart makes of its values");
  add_rendering(*verb, to.chart);
  verb->add_flag("--include-crds", to.chart.include_crds, "Print the files of crds/, too");
  verb->add_flag("--skip-crds", to.chart.skip_crds, "Taken for the sake of Helm's users; CRDs are not installed here");
  verb->add_flag("--no-hooks", to.chart.no_hooks, "Leave hooks out");
  verb->add_flag("--skip-tests", to.chart.skip_tests, "Leave tests out");
  add_list(*verb, "-s,--show-only", to.chart.show_only, "TEMPLATE", "Only what this template makes (repeatable)");
  verb->add_option("--output-dir", to.chart.output_dir, "Write files below this folder instead, one for each template")
      ->option_text("FOLDER");
  verb->add_flag("--release-name", to.chart.release_name, "Below it a folder of the release's name");
}

void add_diff(CLI::App& chart, Arguments& to) {
  auto* verb = add_chart_verb(chart, to, Command::chart_diff, "diff",
                              "Show what a chart would change of its release in the cluster; 2 where anything would");
  verb->add_option("CHART", to.chart.positional, "The release's name, unless it is found by the chart, and the chart")
      ->required()
      ->expected(1, 2);
  verb->add_option("-n,--namespace", to.chart.name_space, "The release's namespace")
      ->option_text("NAMESPACE")
      ->capture_default_str();
  add_values(*verb, to.chart.values);
  add_source(*verb, to.chart.source);
  add_cluster_options(*verb, to.release);
}

void add_lint(CLI::App& chart, Arguments& to) {
  auto* verb = add_chart_verb(chart, to, Command::chart_lint, "lint", "Say what is wrong with charts");
  verb->add_option("CHART", to.chart.positional, "Folders of charts, or .tgz")->required();
  add_common(*verb, to.chart);
  verb->add_flag("--strict", to.chart.strict, "Warnings fail, too");
  verb->add_flag("--quiet", to.chart.quiet, "Only warnings and errors");
  verb->add_flag("--with-subcharts", to.chart.with_subcharts, "The charts in charts/, too");
}

void add_dependency(CLI::App& chart, Arguments& to) {
  auto* dependency = chart.add_subcommand("dependency", "Fetch and list what a chart depends on");
  dependency->group("Commands");
  dependency->alias("dependencies")->alias("dep");
  dependency->require_subcommand(1);
  const auto add = [&](Command command, const char* name, const char* text) {
    auto* verb = add_chart_verb(*dependency, to, command, name, text);
    verb->add_option("CHART", to.chart.positional, "The chart's folder; without one, this one")->expected(0, 1);
    return verb;
  };
  auto* build = add(Command::chart_dependency_build, "build", "Fetch into charts/ what Chart.lock says");
  auto* update =
      add(Command::chart_dependency_update, "update", "Fetch into charts/ what Chart.yaml says, and write Chart.lock");
  for (auto* verb : {build, update}) {
    add_access(*verb, to.chart.source);
    verb->add_flag("--skip-refresh", to.chart.source.skip_refresh, "An index that was kept earlier will do");
  }
  auto* list = add(Command::chart_dependency_list, "list", "Say how what a chart depends on stands in charts/");
  list->add_option("--max-col-width", to.chart.max_col_width, "How wide a column may be")
      ->option_text("COLUMNS")
      ->capture_default_str();
}

}  // namespace

void add_chart(CLI::App& app, Arguments& to) {
  auto* chart = app.add_subcommand("chart", "Work with Helm charts");
  chart->group("Commands");
  chart->require_subcommand(1);
  add_template(*chart, to);
  auto* values = add_chart_verb(*chart, to, Command::chart_values, "values",
                                "Print a chart's values as its templates see them, and which of yours none reads");
  add_rendering(*values, to.chart);
  add_diff(*chart, to);
  add_lint(*chart, to);
  add_dependency(*chart, to);
  add_chart_verb(*chart, to, Command::chart_eval, "eval",
                 "Answer each line of standard input, a template and its data as JSON, with a line of JSON");
  add_chart_verb(*chart, to, Command::chart_functions, "functions", "List the functions that a chart's templates have");
}

}  // namespace gpuctl::cli
