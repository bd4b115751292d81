#pragma once

#include <string>

namespace gpuctl::engine {

/// Keeps a second provision of the same host from this machine and user away, for as long as it lives. The kernel frees
/// it with the process, however that ends.
class Lock {
 public:
  /// `folder` is gpuctl's state folder; empty: nothing is locked. `name` is the host's; `holder` says who we are, for
  /// the other one's message. Throws Error{refused} with the holder when it is held.
  Lock(const std::string& folder, const std::string& name, const std::string& holder);
  Lock(Lock&&) noexcept;
  Lock& operator=(Lock&&) = delete;
  ~Lock();

 private:
  int fd_ = -1;
};

}  // namespace gpuctl::engine
