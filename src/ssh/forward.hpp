#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "ssh/fd.hpp"

namespace gpuctl::ssh {

/// Why a forward ended; written by the jump host's thread, read by the user's.
class Told {
 public:
  std::string text() const;
  void set(std::string text);

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

/// A connection through another host: a local socket, which nobody else on this machine can use, whose other end is a
/// channel there.
struct Forward {
  Fd socket;
  std::shared_ptr<Told> told;  ///< why it broke; empty while it works, and when the far host closed it
};

}  // namespace gpuctl::ssh
