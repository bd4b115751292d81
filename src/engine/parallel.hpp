#pragma once

#include <cstddef>
#include <functional>

namespace gpuctl::engine {

/// Calls `work(0)` … `work(count - 1)`, a thread each, and returns when all have ended. `work` must not throw.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace gpuctl::engine
