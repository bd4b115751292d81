#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/host.hpp"
#include "core/node.hpp"
#include "core/ports.hpp"

namespace gpuctl::playbook {

/// The hosts of a playbook, in the order written.
struct Hosts {
  std::vector<core::Host> all;
  std::set<std::string> jumps;  ///< names of those that another one is reached through

  /// The hosts that `names` (hosts and groups) stand for, in the playbook's order. Throws Error{invalid}, with the
  /// nearest name, at `where`.
  std::vector<std::string> named(const std::vector<std::string>& names, const core::Where& where,
                                 const std::string& what) const;
};

/// Reads `hosts`, its variables replaced. Throws Error{invalid}.
Hosts read_hosts(const core::Node& node, core::Source& source);

}  // namespace gpuctl::playbook
