#pragma once

#include <string>
#include <vector>

#include "chart/render/release.hpp"

namespace gpuctl::chart {

/// What of a rendered chart is shown.
struct OutputOptions {
  bool crds = false;
  bool hooks = true;
  bool tests = true;                   ///< the hooks that are tests
  std::vector<std::string> show_only;  ///< patterns of paths in the chart: `templates/x.yaml`
};

/// The documents as `helm template` prints them, each behind its `# Source:` line. Throws core::Error{invalid} where a
/// pattern matches none.
std::string output_text(const Rendered& rendered, const OutputOptions& options);

/// A file that `helm template --output-dir` writes.
struct OutputFile {
  std::string path;  ///< below the folder: `chart/templates/x.yaml`
  std::string text;  ///< all documents that come from there
};

/// The same documents by where they come from, in the order of the first of each. `show_only` chooses as above.
std::vector<OutputFile> output_files(const Rendered& rendered, const OutputOptions& options);

}  // namespace gpuctl::chart
