#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::core {

/// The GPUs that a host is declared to have.
struct ExpectedGpus {
  int count = 0;
  std::string product;      ///< as feature discovery labels it: NVIDIA-GeForce-RTX-3060; empty: any
  std::int64_t memory = 0;  ///< bytes of each; 0: any
  bool operator==(const ExpectedGpus&) const = default;
};

/// A host of the playbook.
struct Host {
  std::string name;
  std::string address;  ///< empty: the name, or what ssh_config says
  int port = 0;         ///< 0: ssh_config's, else 22
  std::string user;     ///< empty: ssh_config's, else the local user
  /// Outermost first; none: ssh_config's ProxyJump. Each is asked for as if it were a host of its own (its name an
  /// ssh_config alias, its host key pinned where the playbook pins it), and has no jump of its own.
  std::vector<Host> jump;
  bool jump_given = false;  ///< `jump: []` says none, whatever ssh_config says
  std::string host_key;     ///< pinned `SHA256:…`; empty: known_hosts decides
  std::string identity;     ///< a key file; empty: ssh_config's and the agent
  std::string node;         ///< its name in the cluster; default the name
  std::vector<std::string> groups;
  std::optional<ExpectedGpus> gpus;
  bool in_cluster = false;  ///< the playbook has a cluster that this host is a node of
  bool operator==(const Host&) const = default;
};

/// A host as jumps name it: `[user@]host[:port]`, also with `ssh://` and `[::1]:22`; nothing when it is not one. Its
/// name is the host part, the rest of it stays empty.
std::optional<Host> parse_destination(std::string_view text);

}  // namespace gpuctl::core
