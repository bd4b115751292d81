#pragma once

#include <cstdint>

#include "core/node.hpp"

namespace gpuctl::yaml {

/// How much a value holds, itself included.
struct Size {
  std::int64_t values = 0;
  std::int64_t bytes = 0;  ///< of its texts
  int depth = 0;           ///< levels of lists and mappings
};

Size size_of(const core::Node&);

// What a document may come to, its aliases (or variables) expanded.
constexpr int most_levels = 64;
constexpr std::int64_t most_values = 100000;
constexpr std::int64_t most_bytes = std::int64_t{4} << 20;

}  // namespace gpuctl::yaml
