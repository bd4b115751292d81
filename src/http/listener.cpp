#include "http/listener.hpp"

#include <sys/un.h>
#include <unistd.h>

#include <utility>

namespace gpuctl::http {

Listener::Listener() : socket_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
  sockaddr_un unnamed{};
  unnamed.sun_family = AF_UNIX;
  // unix(7): binding the family alone gives a fresh abstract name.
  const bool bound = bind(socket_, reinterpret_cast<sockaddr*>(&unnamed), sizeof unnamed.sun_family) == 0;
  if (bound && listen(socket_, 4) == 0) return;
  close(socket_);
  socket_ = -1;
}

Listener::Listener(Listener&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Listener::~Listener() {
  if (socket_ >= 0) close(socket_);
}

unsigned Listener::address(sockaddr* out) const {
  socklen_t size = sizeof(sockaddr_storage);
  return getsockname(socket_, out, &size) == 0 ? size : 0;
}

int Listener::accept() const {
  for (int end = 0; (end = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0;) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (getsockopt(end, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.pid == getpid()) return end;
    close(end);  // somebody else has guessed the name
  }
  return -1;
}

}  // namespace gpuctl::http
