#pragma once

#include <sys/socket.h>

namespace gpuctl::http {

/// Takes one connection that this process makes to itself, and nobody else's: a unix socket whose name is the kernel's
/// choice and stands in no folder.
class Listener {
 public:
  Listener();
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;
  ~Listener();

  explicit operator bool() const { return socket_ >= 0; }
  /// Writes its address (room for a sockaddr_storage); how long it is.
  unsigned address(sockaddr* out) const;
  /// The other end of what has connected, not blocking; the caller owns it. -1: nobody of ours has.
  int accept() const;

 private:
  int socket_ = -1;
};

}  // namespace gpuctl::http
