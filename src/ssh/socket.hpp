#pragma once

#include <sys/socket.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "core/ports.hpp"
#include "ssh/fd.hpp"

namespace gpuctl::ssh {

/// One address to connect to.
struct Address {
  sockaddr_storage bytes{};
  socklen_t size = 0;
  int family = AF_UNSPEC;
};

/// All addresses of a name, IPv6 and IPv4, in the order the system prefers. A name server that does not answer ends in
/// Error{unreachable} at the deadline, too.
std::vector<Address> addresses_of(const std::string& name, int port, core::Deadline, int stop_fd);

/// A connected TCP socket: non-blocking, no delay, keepalive, and given up by the kernel when sent bytes stay
/// unacknowledged for `silence`. A next address is tried a quarter of a second after the last, or as soon as that
/// failed; the first that answers wins. Throws Error{unreachable}: no such name, refused, no route, no answer within
/// `timeout`.
Fd connect_tcp(const std::string& name, int port, std::chrono::milliseconds timeout, std::chrono::milliseconds silence,
               int stop_fd);

/// Two connected local sockets, non-blocking.
std::pair<Fd, Fd> socket_pair();

/// Connects to a unix socket; an Fd that is empty when nobody listens there.
Fd connect_unix(const std::string& path);

void set_non_blocking(int fd);

}  // namespace gpuctl::ssh
