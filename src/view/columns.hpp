#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace gpuctl::view {

/// Rows of cells below each other, to the byte as helm prints its tables: each cell as wide as its column's widest
/// line, a tab between two. A cell of several lines is cut to its widest, and every
/// one to `most` characters.
std::string columns(const std::vector<std::vector<std::string>>& rows,
                    std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace gpuctl::view
