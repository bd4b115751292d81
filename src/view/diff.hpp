#pragma once

#include <string>
#include <vector>

namespace gpuctl::view {

struct DiffLine {
  char sign;  ///< ' ' both, '-' before only, '+' after only, '@' the head of a hunk
  std::string text;
  bool operator==(const DiffLine&) const = default;
};

/// What makes `after` of `before`, line by line, with up to `context` common lines round each change.
std::vector<DiffLine> diff(const std::string& before, const std::string& after, std::size_t context = 3);

}  // namespace gpuctl::view
