#pragma once

#include <string>
#include <variant>

#include "chart/source/address.hpp"
#include "core/chart_ref.hpp"

namespace gpuctl::chart {

using core::ChartRef;

/// In a repository with an index.
struct InRepository {
  std::string name;  ///< as repositories.yaml calls it; empty: `url` says where
  std::string url;
  std::string chart;
};

/// A packed chart with an address of its own.
struct AtAddress {
  Address address;
};

/// In an OCI registry.
struct InRegistry {
  std::string host;  ///< with its port
  std::string name;  ///< `nvidia/charts/gpu-operator`
  std::string tag;
  std::string digest;  ///< `sha256:…`

  /// `oci://host/name`.
  std::string text() const { return "oci://" + host + "/" + name; }
};

using Place = std::variant<InRepository, AtAddress, InRegistry>;

/// Where that is. Throws core::Error{invalid}: it names no place.
Place place_of(const ChartRef& ref);

}  // namespace gpuctl::chart
