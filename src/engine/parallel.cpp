#include "engine/parallel.hpp"

#include <thread>
#include <vector>

namespace gpuctl::engine {

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (count == 1) return work(0);
  std::vector<std::jthread> threads;
  threads.reserve(count);
  for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
}

}  // namespace gpuctl::engine
