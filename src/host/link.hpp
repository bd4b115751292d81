#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/ports.hpp"

namespace gpuctl::host {

/// A command on a host and the bytes to and from it. Belongs to one thread; ending it ends the link, not what runs
/// there.
class Link {
 public:
  virtual ~Link() = default;

  /// Sends all of `bytes`. Throws Error{unreachable} when the link is lost or takes no more until the deadline.
  virtual void send(std::string_view bytes, core::Deadline) = 0;

  struct Received {
    std::string bytes;   ///< empty when the deadline came first
    bool ended = false;  ///< the command has ended, nothing more will come
  };
  /// Waits until there is output, the end, or the deadline. Throws Error{unreachable} when the link is lost.
  virtual Received receive(core::Deadline) = 0;

  /// End of input.
  virtual void close_input() = 0;
  /// Ends the link at once, without waiting.
  virtual void kill() = 0;
};

/// Starts `command` (POSIX sh) on the host through its login shell, connecting first where needed. Called again after a
/// lost link. Throws Error{unreachable}.
using Connector = std::function<std::unique_ptr<Link>(const std::string& command)>;

}  // namespace gpuctl::host
