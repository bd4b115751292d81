#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chart/package/metadata.hpp"

namespace gpuctl::chart {

/// A list of dependencies, which Go may also have as none at all.
using Dependencies = std::optional<std::vector<Dependency>>;

/// Chart.lock: which versions the ranges of Chart.yaml came to.
struct Lock {
  std::string generated;  ///< a time as Go writes it
  std::string digest;     ///< of what was wanted and what was found
  Dependencies dependencies;
};

/// Throws core::Error{invalid}.
Lock read_lock(const std::string& text);
/// As Helm writes it.
std::string lock_text(const Lock& lock);

/// `sha256:…` of what is wanted and what was found, as Helm computes it.
std::string lock_digest(const Dependencies& wanted, const Dependencies& found);
/// The same as Helm 2 did, for charts of apiVersion v1: of what is wanted alone.
std::string old_lock_digest(const Dependencies& wanted);

}  // namespace gpuctl::chart
