#pragma once

#include <string_view>

namespace gpuctl::chart {

/// How many bytes the first JSON value of a text takes, blanks before it too; all of them where it does not end.
std::size_t json_end(std::string_view text);

}  // namespace gpuctl::chart
