#pragma once

#include <string>

#include "chart/package/chart.hpp"

namespace gpuctl::chart {

/// A schema as the library can read it.
struct KnownSchema {
  std::string text;
  bool is_draft4 = false;
};

/// Rewrites what newer drafts say differently into draft 7, which is the last that the library knows, and warns of what
/// has no such form, and of documents elsewhere, which are not fetched. A schema that names no draft is of the newest.
/// Throws core::Error{invalid} for what is no JSON.
KnownSchema known_schema(const std::string& schema, const Warn& warn);

}  // namespace gpuctl::chart
