#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chart/source/access.hpp"

namespace gpuctl::chart {

/// A repository that `helm repo add` has noted.
struct RepositoryEntry {
  std::string name;
  std::string url;
  Access access;
};

/// Helm's repositories.yaml. Throws core::Error{invalid}.
std::vector<RepositoryEntry> read_repositories(std::string_view text);

}  // namespace gpuctl::chart
