#pragma once

#include <cstddef>
#include <string>

#include "chart/engine.hpp"

namespace gpuctl::chart {

/// Bytes of the rendering's own source of chance.
inline std::string random_bytes(Engine& engine, std::size_t count) {
  std::string bytes(count, '\0');
  engine.random({reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
  return bytes;
}

}  // namespace gpuctl::chart
