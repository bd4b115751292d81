#include "cli/arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/chart_options.hpp"
#include "cli/release_options.hpp"
#include "util/strings.hpp"

namespace gpuctl::cli {

namespace {

constexpr int usage_exit = 64;

/// Help as a manual page has it: an option, its value, its meaning.
class Manual : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0) return "";
    auto out = " " + option->get_option_text();
    if (!option->get_default_str().empty()) out += " (" + option->get_default_str() + ")";
    return option->get_positional() ? "" : out;
  }
  std::string make_usage(const CLI::App* app, std::string name) const override {
    std::string out = "Usage: " + (name.empty() ? app->get_name() : name) + " [OPTIONS]";
    for (const auto* option : app->get_options({}))
      if (option->get_positional())
        out += option->get_required() ? " " + option->get_name(true) : " [" + option->get_name(true) + "]";
    if (!app->get_subcommands({}).empty()) out += " COMMAND";
    return out + "\n";
  }
};

/// `name=value`, split where it is read, so that the error names the option.
void add_settings(CLI::App& verb, Arguments& to) {
  verb.add_option_function<std::vector<std::string>>(
          "--set",
          [&to](const std::vector<std::string>& given) {
            for (const auto& text : given) {
              const auto at = text.find('=');
              if (at == 0 || at == std::string::npos)
                throw CLI::ValidationError("--set", "`" + text + "` is not NAME=VALUE");
              to.settings.emplace_back(text.substr(0, at), text.substr(at + 1));
            }
          },
          "Set a variable of the playbook")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
}

void add_site(CLI::App& verb, Arguments& to) {
  verb.add_option("--overlay", to.overlays, "Merge this file over the playbook (repeatable)")
      ->option_text("FILE")
      ->allow_extra_args(false);
  verb.add_option("--vars", to.vars, "Read variables from this file (repeatable)")
      ->option_text("FILE")
      ->allow_extra_args(false);
  add_settings(verb, to);
}

void add_choice(CLI::App& verb, Arguments& to) {
  verb.add_option("--limit", to.limit, "Only this host or group (repeatable)")
      ->option_text("HOST")
      ->allow_extra_args(false);
  verb.add_option("--only", to.only, "Only this step (repeatable)")->option_text("STEP")->allow_extra_args(false);
  verb.add_option("--skip", to.skip, "All but this step (repeatable)")->option_text("STEP")->allow_extra_args(false);
}

void add_connection(CLI::App& verb, Arguments& to) {
  verb.add_option("-i,--identity", to.identity, "Private key for hosts that name none")->option_text("FILE");
  verb.add_option("--user", to.user, "Login user for hosts that name none")->option_text("NAME");
  verb.add_option("--known-hosts", to.known_hosts, "Use this known_hosts file instead of ssh_config's")
      ->option_text("FILE");
  verb.add_option("--sudo-password-file", to.sudo_password_file,
                  "Read sudo's password from this file (or set GPUCTL_SUDO_PASSWORD)")
      ->option_text("FILE");
  verb.add_option("--timeout", to.timeout_s, "Seconds until a host that does not answer is given up")
      ->option_text("SECONDS")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
}

void add_output(CLI::App& verb, Arguments& to) {
  verb.add_option("--json", to.json, "Write the report as JSON; - is standard output")->option_text("FILE");
  verb.add_flag("--no-color", to.no_color, "No colours, as with NO_COLOR");
  verb.add_flag("-v,--verbose", to.verbose, "Show what holds, too");
}

CLI::App* add_verb(CLI::App& app, Arguments& to, Command command, const char* name, const char* text) {
  auto* verb = app.add_subcommand(name, text);
  verb->group("Commands");
  verb->callback([&to, command] { to.command = command; });
  return verb;
}

CLI::App* add_playbook_verb(CLI::App& app, Arguments& to, Command command, const char* name, const char* text) {
  auto* verb = add_verb(app, to, command, name, text);
  verb->add_option("PLAYBOOK", to.playbook, "The playbook")->required(command != Command::provision);
  add_site(*verb, to);
  add_choice(*verb, to);
  add_output(*verb, to);
  verb->add_option("--junit", to.junit, "Write the report as JUnit XML")->option_text("FILE");
  add_connection(*verb, to);
  return verb;
}

void add_facts(CLI::App& app, Arguments& to) {
  auto* verb = add_verb(app, to, Command::facts, "facts", "Print what is observed on a host");
  verb->add_option("HOST", to.host, "A host of the playbook, or any name that ssh knows")->required();
  verb->add_option("--playbook", to.playbook, "Ask what this playbook's steps ask")->option_text("PLAYBOOK");
  add_site(*verb, to);
  add_output(*verb, to);
  verb->add_flag("--no-sudo", to.no_sudo, "Ask as the login user");
  add_connection(*verb, to);
}

void build(CLI::App& app, Arguments& to) {
  app.formatter(std::make_shared<Manual>());
  app.get_formatter()->column_width(34);
  app.require_subcommand(1);
  app.set_version_flag("--version", "gpuctl " GPUCTL_VERSION);
  auto* plan = add_playbook_verb(app, to, Command::plan, "plan", "Show what would change; write nothing");
  plan->add_option("--out", to.out, "Save the plan for `provision --plan`")->option_text("FILE");
  auto* provision =
      add_playbook_verb(app, to, Command::provision, "provision", "Make the hosts what the playbook says");
  provision->add_option("--plan", to.plan_file, "Perform exactly this saved plan")->option_text("FILE");
  provision->add_flag("-y,--yes", to.yes, "Do not ask");
  provision->add_flag("--dry-run", to.dry_run, "The same as plan");
  provision->add_flag("--prove", to.prove, "Run the proofs though nothing has changed");
  add_playbook_verb(app, to, Command::verify, "verify", "Check whether the hosts are what the playbook says");
  add_facts(app, to);
  add_chart(app, to);
  add_release(app, to);
}

/// Both streams of CLI11's exit() in one text. How many newlines close it depends on CLI11's version.
std::string help_of(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream text;
  app.exit(error, text, text);
  auto help = text.str();
  help.erase(help.find_last_not_of('\n') + 1);
  return help + "\n";
}

const std::vector<std::string> verbs{"plan", "provision", "verify", "facts", "chart", "release"};

/// What is wrong and what to do. CLI11 calls an unknown command a missing one.
std::string complaint(int argc, const char* const* argv, const CLI::ParseError& error) {
  std::string what = error.what();
  std::string help = "gpuctl --help";
  const std::string first = argc > 1 ? argv[1] : "";
  if (std::ranges::find(verbs, first) != verbs.end()) {
    help = "gpuctl " + first + " --help";
  } else if (!first.empty() && !first.starts_with("-")) {
    const auto near = util::nearest(first, verbs);
    what = "no such command: " + first + (near.empty() ? "" : "; did you mean " + near + "?");
  } else if (first.empty()) {
    what = "a command is required: " + util::join(verbs, ", ");
  }
  return "gpuctl: " + what + "\n  try   " + help + "\n";
}

}  // namespace

Parsed parse(int argc, const char* const* argv) {
  Parsed out;
  Arguments arguments;
  CLI::App app("Provision and verify GPU nodes over SSH.", "gpuctl");
  build(app, arguments);
  try {
    app.parse(argc, argv);
    if (arguments.command == Command::provision && arguments.playbook.empty() && arguments.plan_file.empty())
      throw CLI::RequiredError("PLAYBOOK (or --plan FILE)");
    out.arguments = std::move(arguments);
  } catch (const CLI::ParseError& error) {
    out.exit = error.get_exit_code() == 0 ? 0 : usage_exit;
    out.text = out.exit == 0 ? help_of(app, error) : complaint(argc, argv, error);
  }
  return out;
}

}  // namespace gpuctl::cli
