#pragma once

#include <string>
#include <vector>

namespace gpuctl::chart {

/// A file of a chart: its path within the chart, with `/`, and its bytes.
struct File {
  std::string name;
  std::string data;
};

using Files = std::vector<File>;

// What Helm lets a chart have, and gpuctl too.
constexpr std::size_t most_file_bytes = 5UL << 20U;
constexpr std::size_t most_chart_bytes = 100UL << 20U;

/// Takes a UTF-8 byte order mark off the front.
inline void strip_bom(std::string& text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
}

}  // namespace gpuctl::chart
