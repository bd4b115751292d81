#pragma once

#include <cstdint>
#include <string_view>

namespace gpuctl::host {

/// What POSIX `cksum` prints first: every node has that program. It sees changes; it protects against nobody.
std::uint32_t cksum(std::string_view bytes);

}  // namespace gpuctl::host
