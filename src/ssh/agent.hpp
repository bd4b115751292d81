#pragma once

#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/ports.hpp"
#include "ssh/fd.hpp"

namespace gpuctl::ssh {

/// A key that an ssh-agent holds.
struct AgentKey {
  std::string blob;    ///< the public key as it travels
  std::string base64;  ///< the same, as key files write it
  std::string comment;
};

/// The keys of the agent at `path`; nothing where none answers before the deadline (draft-miller-ssh-agent). Throws
/// Error{interrupted}.
std::vector<AgentKey> agent_keys(const std::string& path, core::Deadline, int stop_fd);

/// Stands between libssh and the agent: shows libssh only the wanted keys, in the wanted order, and ends its
/// reads, which have no deadline, when the agent does not answer or the run is to stop.
class AgentRelay {
 public:
  AgentRelay(std::string path, std::vector<AgentKey> keys, core::Deadline, int stop_fd);
  ~AgentRelay();
  AgentRelay(const AgentRelay&) = delete;
  AgentRelay& operator=(const AgentRelay&) = delete;

  /// The keys still to be seen: one that the agent would not sign with is seen no more.
  std::vector<AgentKey> keys() const;
  /// What to hand to libssh, which closes it.
  int take_socket() { return near_.release(); }

 private:
  void serve();
  std::string answer(std::string request);

  std::string path_;
  core::Deadline deadline_;
  int stop_fd_;
  Fd near_, far_;
  mutable std::mutex mutex_;
  std::vector<AgentKey> keys_;
  std::thread thread_;
};

}  // namespace gpuctl::ssh
