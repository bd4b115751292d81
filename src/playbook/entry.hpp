#pragma once

#include <string>
#include <vector>

#include "core/node.hpp"

namespace gpuctl::playbook {

/// One entry of `steps` as written: a mapping of one kind to its parameters; beside it `name`, `on` and `settle`.
struct Entry {
  const core::Node* node = nullptr;  ///< the whole entry; outlives this
  std::string name;                  ///< `name`, else the kind
  std::string kind;
  core::Where where;
  const core::Node* params = nullptr;
  const core::Node* on = nullptr;      ///< or not given
  const core::Node* settle = nullptr;  ///< or not given
};

/// Throws Error{invalid}: no mapping, no kind, two kinds, an unknown kind or key (with the nearest).
Entry read_entry(const core::Node& node);

}  // namespace gpuctl::playbook
