#pragma once

#include <cstddef>

namespace gpuctl::chart {

/// How much of the stack has been used since this was made. Templates nest as deep as somebody likes, the stack does
/// not.
class Stack {
 public:
  Stack() : base_(here()) {}

  bool exhausted() const { return used() > limit; }
  /// A little earlier: what nests without end is found where it nests, not somewhere within.
  bool nearly_exhausted() const { return used() > limit - limit / 16; }

 private:
  /// Of the 8 MiB that a thread has unless somebody says otherwise.
  static constexpr std::size_t limit = std::size_t{6} << 20;

  std::size_t used() const {
    const char* now = here();
    return static_cast<std::size_t>(now < base_ ? base_ - now : now - base_);
  }
  static const char* here() { return static_cast<const char*>(__builtin_frame_address(0)); }

  const char* base_;
};

}  // namespace gpuctl::chart
