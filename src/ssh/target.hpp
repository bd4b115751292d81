#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/host.hpp"
#include "ssh/config.hpp"

namespace gpuctl::ssh {

/// Everything that is needed to log in to one host, decided. Nothing of it is looked up again later.
struct Target {
  std::string alias;    ///< the name a person used
  std::string address;  ///< name or number to connect to
  int port = 22;
  std::string user;
  std::vector<std::string> identities;   ///< key files in the order to try; those that do not exist are left out later
  bool identities_only = false;          ///< of the agent's keys only those that `identities` names
  std::string agent;                     ///< path of the agent's socket; empty: none
  std::string host_key_alias;            ///< the name that known_hosts has; empty: address and port
  std::string pinned;                    ///< `SHA256:…`: decides alone; empty: known_hosts decides
  std::vector<std::string> known_hosts;  ///< the first is where a confirmed key is added
  std::vector<std::string> global_known_hosts;  ///< read only
  bool ask_unknown = true;                   ///< false: StrictHostKeyChecking yes, an unknown key is never asked about
  std::chrono::seconds connect_timeout{10};  ///< of the TCP connection, all addresses together
  std::vector<Target> jumps;                 ///< outermost first; theirs are empty

  /// `user@alias`, with the address when it differs: `admin@k3s-gpu-worker (100.80.98.64)`.
  std::string text() const;
};

/// Joins a playbook's host with ssh_config and the environment. The playbook wins, then ssh_config, then OpenSSH's
/// defaults. Throws Error{invalid} with file:line where a directive that applies cannot be honoured (ProxyCommand,
/// Match exec), for a host or a user that begins with `-`, and for a jump that goes round in a circle.
Target resolve(const core::Host&, const Config&, const Environment&);

}  // namespace gpuctl::ssh
