#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11 named it
class App;
}

namespace gpuctl::cli {

struct Arguments;

/// The command `release` with those below it.
void add_release(CLI::App& app, Arguments& to);

}  // namespace gpuctl::cli
