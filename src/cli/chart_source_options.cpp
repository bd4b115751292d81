#include <CLI/CLI.hpp>

#include "cli/chart_arguments.hpp"
#include "cli/chart_options.hpp"

namespace gpuctl::cli {

void add_access(CLI::App& verb, ChartSourceArguments& to) {
  verb.add_option("--username", to.access.username, "Who asks the repository or registry")->option_text("NAME");
  verb.add_option("--password", to.password, "The password of --username")->option_text("PASSWORD");
  verb.add_option("--ca-file", to.access.ca_file, "Who may sign the server's certificate")->option_text("FILE");
  verb.add_option("--cert-file", to.access.cert_file, "The certificate that says who asks")->option_text("FILE");
  verb.add_option("--key-file", to.access.key_file, "The key of --cert-file")->option_text("FILE");
  verb.add_flag("--insecure-skip-tls-verify", to.access.insecure_skip_tls_verify, "Trust any certificate");
  verb.add_flag("--plain-http", to.access.plain_http, "Talk to registries (oci://) without TLS");
  verb.add_option("--fetch-timeout", to.fetch_timeout_s, "Seconds until a server that does not deliver is given up")
      ->option_text("SECONDS")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
}

void add_source(CLI::App& verb, ChartSourceArguments& to) {
  verb.add_option("--repo", to.repository, "The repository that has CHART")->option_text("URL")->take_last();
  verb.add_option("--version", to.version, "The version of a chart that is fetched, or a range; else the newest")
      ->option_text("VERSION")
      ->take_last();
  verb.add_flag("--devel", to.devel, "Prereleases, too, where no --version is given");
  add_access(verb, to);
  verb.add_flag("--pass-credentials", to.access.pass_credentials,
                "Pass --username and --password on to whatever server the index names");
}

}  // namespace gpuctl::cli
