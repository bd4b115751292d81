#pragma once

#include <memory>
#include <string>

#include "ssh/connection.hpp"
#include "ssh/handle.hpp"
#include "ssh/session.hpp"

namespace gpuctl::ssh {

struct Stream::State {
  std::shared_ptr<Session> session;
  ChannelHandle channel;  // before the session's end: it is told about the close
  std::string command;
  bool exec_pending = true;
  bool ended = false;  ///< the end of the output was seen
  std::string early;   ///< output that came while input was being sent
  std::string errors;  ///< standard error, bounded

  /// Takes the server's answer to the exec request, if it has come; throws when it is no.
  void finish_exec();
  [[noreturn]] void refuse() const;
  void take_errors();
  void take_early();
  /// Output that is here; 0 at its end; nothing when none is here yet.
  std::optional<std::size_t> take_output(std::span<char> buffer);
};

}  // namespace gpuctl::ssh
