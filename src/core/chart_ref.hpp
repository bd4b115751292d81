#pragma once

#include <string>

namespace gpuctl::core {

/// A chart, named as people name it.
struct ChartRef {
  /// Its name in the repository; without one a folder or .tgz, `repo/name`, `https://…/x.tgz`, `oci://…`.
  std::string chart;
  std::string repository;  ///< `https://…`, `oci://…`, or `@repo` as Helm's repositories.yaml calls it; may be empty
  std::string version;     ///< exact or a range; empty: the newest that is no prerelease
};

}  // namespace gpuctl::core
