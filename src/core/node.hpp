#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.hpp"

namespace gpuctl::core {

struct Entry;

/// A value of a text that a person wrote, with its place. What the yaml room makes of a playbook, variables resolved.
struct Node {
  using List = std::vector<Node>;
  using Mapping = std::vector<Entry>;  ///< in the order written; keys are unique
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Mapping> value;
  Where where;
  std::string source;  ///< of a plain scalar: as written (`535.10` stays 535.10), else empty

  const Node* find(const std::string& key) const;
  /// `a mapping`, `a list`, `a string`, `a number`, `true or false`, `nothing`.
  std::string kind_name() const;
};

struct Entry {
  std::string key;
  Where where;  ///< of the key
  Node value;
};

}  // namespace gpuctl::core
