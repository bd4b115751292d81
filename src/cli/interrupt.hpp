#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace gpuctl::cli {

/// Turns SIGINT, SIGTERM and SIGHUP into a stop request and a readable descriptor, while it lives. Made before any
/// other thread, since all of them inherit its signal mask. A second signal ends the process at once with 130.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  /// Readable once a signal came; nobody reads it empty.
  int descriptor() const { return fd_; }

 private:
  void watch();

  sigset_t signals_{};
  sigset_t before_{};
  int fd_ = -1;
  std::stop_source stop_;
  std::thread watcher_;
};

}  // namespace gpuctl::cli
