#include "ssh/wait.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/error.hpp"

namespace gpuctl::ssh {

bool wait_for(std::span<pollfd> fds, core::Deadline deadline, int stop_fd) {
  std::vector<pollfd> all(fds.begin(), fds.end());
  all.push_back({stop_fd, POLLIN, 0});
  while (true) {
    // Rounded up: a poll that ends just before the deadline would spin.
    const std::int64_t left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const std::int64_t most = std::numeric_limits<int>::max();
    const int ready = poll(all.data(), all.size(), static_cast<int>(std::clamp<std::int64_t>(left, 0, most)));
    if (ready < 0 && errno == EINTR) continue;
    if (all.back().revents != 0)
      throw core::Error(core::ErrorKind::interrupted, "interrupted", {}, "run it again to go on");
    std::copy(all.begin(), all.end() - 1, fds.begin());
    if (ready != 0) return true;
    if (Clock::now() >= deadline) return false;
  }
}

void check_stop(int stop_fd) {
  wait_for({}, core::Deadline{}, stop_fd);
}

}  // namespace gpuctl::ssh
