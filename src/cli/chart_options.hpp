#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11 named it
class App;
}

namespace gpuctl::cli {

struct Arguments;
struct ChartSourceArguments;

/// The command `chart` with those below it.
void add_chart(CLI::App& app, Arguments& to);

/// The flags that say who asks, and whom is trusted.
void add_access(CLI::App& verb, ChartSourceArguments& to);
/// Those and the ones that say which chart.
void add_source(CLI::App& verb, ChartSourceArguments& to);

}  // namespace gpuctl::cli
