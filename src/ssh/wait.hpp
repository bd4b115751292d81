#pragma once

#include <poll.h>

#include <span>

#include "core/ports.hpp"

namespace gpuctl::ssh {

using Clock = std::chrono::steady_clock;

/// Waits until one of `fds` is ready (their `revents` are set; true) or the deadline has come (false). Throws
/// Error{interrupted} when `stop_fd` (-1: none) is readable.
bool wait_for(std::span<pollfd> fds, core::Deadline, int stop_fd);

/// Throws Error{interrupted} when `stop_fd` is readable.
void check_stop(int stop_fd);

}  // namespace gpuctl::ssh
