#include "cli/interrupt.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

namespace gpuctl::cli {

namespace {

constexpr int interrupted_exit = 130;

}  // namespace

Interrupt::Interrupt() {
  sigemptyset(&signals_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1}) sigaddset(&signals_, signal);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  fd_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (fd_ < 0) throw std::runtime_error("eventfd");
  watcher_ = std::thread([this] { watch(); });
}

Interrupt::~Interrupt() {
  // SIGUSR1 to itself alone is how the watcher is told to go.
  pthread_kill(watcher_.native_handle(), SIGUSR1);
  watcher_.join();
  ::close(fd_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interrupt::watch() {
  for (;;) {
    int signal = 0;
    if (sigwait(&signals_, &signal) != 0) continue;
    if (signal == SIGUSR1) return;
    if (stop_.stop_requested()) ::_exit(interrupted_exit);
    stop_.request_stop();
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
  }
}

}  // namespace gpuctl::cli
