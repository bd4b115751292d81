#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::chart {

/// strings.SplitN: at most `most` parts, all of them below 0, none at 0; an empty separator parts characters.
std::vector<std::string> split_n(std::string_view text, std::string_view separator, std::int64_t most);
/// strings.Replace, everywhere.
std::string replaced(std::string_view text, std::string_view what, std::string_view with);

}  // namespace gpuctl::chart
