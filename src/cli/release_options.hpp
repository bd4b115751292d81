#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11 named it
class App;
}

namespace gpuctl::cli {

struct Arguments;
struct ReleaseArguments;

/// How the cluster is reached, for a verb without a playbook.
void add_cluster_options(CLI::App& verb, ReleaseArguments& to);

/// The command `release` with those below it.
void add_release(CLI::App& app, Arguments& to);

}  // namespace gpuctl::cli
