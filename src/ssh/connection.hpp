#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/ports.hpp"
#include "ssh/target.hpp"

namespace gpuctl::ssh {

class Session;
struct ClientState;

/// One remote command: its input, its output, its end. Belongs to one thread. Ending it closes the channel; what it
/// started may run on. Every call throws Error{unreachable} when the link is lost (also when nothing was heard for
/// Options::silence, keepalives included) and Error{interrupted} when the run is to stop.
class Stream {
 public:
  Stream(Stream&&) noexcept;
  Stream& operator=(Stream&&) noexcept;
  ~Stream();

  /// Sends all of `bytes`. Does not wait for anything but room: right after exec() it travels with the exec request.
  /// Throws Error{unreachable} when the other side takes no more until the deadline. What the command has closed its
  /// input for is dropped: its output and exit status tell why.
  void send(std::string_view bytes, core::Deadline);
  /// End of input.
  void close_input();

  /// Waits for output: how many bytes now stand in `buffer`; 0 at the end of the output; nothing when the deadline came
  /// first (also in the past: then only what is already here is taken).
  std::optional<std::size_t> receive(std::span<char> buffer, core::Deadline);

  /// After the end of the output: the exit status; nothing when a signal ended it or the server told none.
  std::optional<int> exit_status(core::Deadline);

  /// The first 64 KiB of what came on standard error so far.
  const std::string& errors() const;

 private:
  friend class Connection;
  struct State;
  explicit Stream(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

/// A login on a host. Belongs to one thread; its streams too. Made by Client::open; ending it hangs up without waiting.
class Connection {
 public:
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// Starts `command` in the login shell; returns without waiting for the server's answer, so that a send() that
  /// follows costs no round trip of its own. A refused exec is thrown by the first receive().
  Stream exec(const std::string& command);

  const Target& target() const;

 private:
  friend class Client;
  Connection(std::shared_ptr<ClientState>, std::shared_ptr<Session>);
  std::shared_ptr<ClientState> client_;
  std::shared_ptr<Session> session_;
};

}  // namespace gpuctl::ssh
