#pragma once

#include <string>
#include <vector>

namespace gpuctl::view {

/// Rows of cells below each other, to the byte as helm prints its tables: each cell as wide as its column's widest
/// line, a tab between two. A cell of several lines is cut to its widest.
std::string columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace gpuctl::view
