#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chart/package/chart.hpp"

namespace gpuctl::chart {

/// No index of a repository is larger: the largest known have 30 MB.
constexpr std::size_t most_index_bytes = 64UL << 20U;

/// A version of a chart in a repository.
struct IndexEntry {
  std::string version;
  std::string digest;             ///< sha256 in hex of the packed chart; may be empty
  std::vector<std::string> urls;  ///< where it is, seen from the repository
};

/// What an index says of one chart.
struct IndexedChart {
  bool known = false;                ///< it has entries, be they none
  std::vector<IndexEntry> versions;  ///< newest first
  std::string nearest;               ///< a chart of a like name, where it is not known
};

/// Reads an index.yaml for one chart. Entries that Helm would skip are, with a warning that names `from`. No more is
/// kept than what is said of that chart. Throws core::Error{invalid}, which says what came instead.
IndexedChart read_index(std::string_view text, const std::string& chart, const std::string& from, const Warn& warn);

}  // namespace gpuctl::chart
