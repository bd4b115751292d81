#pragma once

#include <chrono>
#include <memory>

#include "ssh/connection.hpp"
#include "ssh/forward.hpp"
#include "ssh/prompt.hpp"
#include "ssh/target.hpp"

namespace gpuctl::ssh {

struct Options {
  /// From the first packet to the login, without the time a person takes to answer. Each hop has this long.
  std::chrono::milliseconds login{25'000};
  /// This long without a byte from the other side, keepalives included, and the link is lost.
  std::chrono::milliseconds silence{20'000};
  /// Becomes readable when the run is to stop (Ctrl-C): every wait ends at once with Error{interrupted}. -1: none. The
  /// caller owns it and never reads it empty.
  int stop_fd = -1;
};

/// How much was asked of the network, for tests and the run's record.
struct Counters {
  int connections = 0;  ///< logins, jump hosts included
  int execs = 0;
  int forwards = 0;  ///< direct-tcpip channels through jump hosts
};

/// What the connections of one run share: who is asked, when to stop, the keys already unlocked, and the connections to
/// jump hosts (one each, however many hosts lie behind it). Thread-safe; outlives its connections.
class Client {
 public:
  Client(Prompt& prompt, Options options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Connects, checks the host key, logs in. Throws Error: unreachable (refused, no answer, name not found, no key
  /// accepted), refused (host key unknown, changed or revoked), interrupted. Each says which hop it was.
  Connection open(const Target&);

  /// Carries the bytes of a local socket, whose other end `far` is, to `address` port `port` as `host` sees them. All
  /// that goes through a host shares one login there, beside those of open(), as long as this lives. Returns as soon as
  /// that stands: where the forward is refused the socket is closed, and what is returned tells why. Throws as open().
  std::shared_ptr<Told> forward(const Target& host, const std::string& address, int port, Fd far);

  Counters counters() const;

 private:
  std::shared_ptr<ClientState> state_;
};

}  // namespace gpuctl::ssh
