#include "cli/release_options.hpp"

#include <CLI/CLI.hpp>

#include "cli/arguments.hpp"

namespace gpuctl::cli {

void add_cluster_options(CLI::App& verb, ReleaseArguments& to) {
  verb.add_option("--kubeconfig", to.kubeconfig, "Use this kubeconfig instead of KUBECONFIG's or ~/.kube/config")
      ->option_text("FILE");
  verb.add_option("--kube-context", to.context, "Use this context of the kubeconfig")->option_text("NAME");
}

namespace {

CLI::App* add_verb_without_output(CLI::App& release, Arguments& to, Command command, const char* name,
                                  const char* text) {
  auto* verb = release.add_subcommand(name, text);
  verb->group("Commands");
  verb->callback([&to, command] { to.command = command; });
  auto& own = to.release;
  verb->add_option("-n,--namespace", own.name_space, "The namespace, instead of the one that the kubeconfig names")
      ->option_text("NAMESPACE");
  add_cluster_options(*verb, own);
  return verb;
}

CLI::App* add_verb(CLI::App& release, Arguments& to, Command command, const char* name, const char* text) {
  auto* verb = add_verb_without_output(release, to, command, name, text);
  auto& own = to.release;
  verb->add_option("-o,--output", own.output, "How it is printed: table, json or yaml")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"table", "json", "yaml"}))
      ->capture_default_str();
  return verb;
}

/// A flag that adds statuses to those that are listed.
void add_statuses(CLI::App& verb, ReleaseArguments& to, const char* name, const std::vector<std::string>& statuses,
                  const char* text) {
  verb.add_flag_callback(
      name,
      [&to, statuses] { to.selection.statuses.insert(to.selection.statuses.end(), statuses.begin(), statuses.end()); },
      text);
}

void add_list(CLI::App& release, Arguments& to) {
  auto& own = to.release;
  auto* verb = add_verb(release, to, Command::release_list, "list", "List releases");
  verb->add_flag("-A,--all-namespaces", own.all_namespaces, "Those of all namespaces");
  verb->add_option("-f,--filter", own.selection.filter, "Only names in which this is found")->option_text("REGEX");
  verb->add_option("-l,--selector", own.selection.labels, "Only those with these labels: tier=web,env!=test,!old")
      ->option_text("LABELS");
  verb->add_flag("-a,--all")->description("Those of any status, as it is when no status is named");
  add_statuses(*verb, own, "--deployed", {"deployed"}, "Those that are deployed");
  add_statuses(*verb, own, "--failed", {"failed"}, "Those that failed");
  add_statuses(*verb, own, "--pending", {"pending-install", "pending-upgrade", "pending-rollback"},
               "Those that are being installed, upgraded or rolled back");
  add_statuses(*verb, own, "--superseded", {"superseded"}, "Revisions that a newer one has replaced");
  add_statuses(*verb, own, "--uninstalled", {"uninstalled"}, "Those that were uninstalled and whose history was kept");
  add_statuses(*verb, own, "--uninstalling", {"uninstalling"}, "Those that are being uninstalled");
  verb->add_flag("-d,--date", own.selection.by_date, "In the order in which they were deployed, not by name");
  verb->add_flag("-r,--reverse", own.selection.reverse, "In the opposite order");
  own.selection.max = 256;
  verb->add_option("-m,--max", own.selection.max, "At most so many; 0: all")
      ->option_text("COUNT")
      ->capture_default_str();
  verb->add_option("--offset", own.selection.offset, "Leave the first ones out")->option_text("COUNT");
  verb->add_option("--time-format", own.time_format, "Times by this layout of Go's, such as 2006-01-02 15:04")
      ->option_text("LAYOUT");
  verb->add_flag("-q,--short", own.names_only, "Only their names");
  verb->add_flag("--no-headers", own.no_headers, "A table without its first row");
}

/// What those have in common that change a release.
CLI::App* add_change(CLI::App& release, Arguments& to, Command command, const char* name, const char* text) {
  auto* verb = add_verb_without_output(release, to, command, name, text);
  auto& own = to.release;
  verb->add_flag("--dry-run", own.dry_run, "Show what would be done, and do nothing");
  verb->add_flag("--no-hooks", own.no_hooks, "Run no hooks");
  verb->add_option("--timeout", own.timeout, "How long each hook may take, and the objects with --wait")
      ->option_text("DURATION")
      ->capture_default_str();
  verb->add_option("--description", own.description, "What the history says of it")->option_text("TEXT");
  return verb;
}

void add_rollback(CLI::App& release, Arguments& to) {
  auto& own = to.release;
  auto* verb = add_change(release, to, Command::release_rollback, "rollback", "Bring a revision of a release back");
  verb->add_option("NAME", own.name, "The release")->required();
  verb->add_option("REVISION", own.revision, "Its number; by default of the one before the last")
      ->check(CLI::Range(0, 1 << 30));
  verb->add_flag("--wait", own.wait, "Until the objects are ready");
  verb->add_flag("--cleanup-on-fail", own.cleanup, "Delete what it has made anew, should it fail");
  verb->add_flag("--force-conflicts", own.force_conflicts, "Take fields that another field manager holds");
  verb->add_option("--history-max", own.history_max, "How many revisions are kept; 0: all")
      ->option_text("COUNT")
      ->check(CLI::Range(0, 1 << 30))
      ->capture_default_str();
}

}  // namespace

void add_release(CLI::App& app, Arguments& to) {
  auto* release = app.add_subcommand("release", "Look at a cluster's Helm releases, roll them back, uninstall them");
  release->group("Commands");
  release->require_subcommand(1);
  add_list(*release, to);
  auto* status = add_verb(*release, to, Command::release_status, "status", "Show how a release stands");
  status->add_option("NAME", to.release.name, "The release")->required();
  status->add_option("--revision", to.release.revision, "This revision instead of the last")
      ->option_text("NUMBER")
      ->check(CLI::Range(0, 1 << 30));
  auto* history = add_verb(*release, to, Command::release_history, "history", "List the revisions of a release");
  history->add_option("NAME", to.release.name, "The release")->required();
  history->add_option("--max", to.release.revisions, "At most so many, the last ones")
      ->option_text("COUNT")
      ->capture_default_str();
  add_rollback(*release, to);
  auto* uninstall = add_change(*release, to, Command::release_uninstall, "uninstall", "Take a release away");
  uninstall->add_option("NAME", to.release.names, "The releases, one after the other")->required();
  uninstall->add_flag("--wait", to.release.wait, "Until what was deleted is gone");
  uninstall->add_flag("--ignore-not-found", to.release.ignore_absent, "One that is not there is no failure");
  uninstall->add_option("--cascade", to.release.cascade, "What the objects own: background, foreground or orphan")
      ->option_text("HOW")
      ->check(CLI::IsMember({"background", "foreground", "orphan"}))
      ->capture_default_str();
  uninstall->add_flag("--keep-history", to.release.keep_history, "Keep the release's revisions");
}

}  // namespace gpuctl::cli
