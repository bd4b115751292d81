#pragma once

namespace CLI {
class App;
}

namespace gpuctl::cli {

struct Arguments;

/// The command `chart` with those below it.
void add_chart(CLI::App& app, Arguments& to);

}  // namespace gpuctl::cli
