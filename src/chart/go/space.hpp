#pragma once

#include <string_view>

namespace gpuctl::chart::go {

/// unicode.IsSpace.
bool is_space(char32_t code);
/// strings.TrimSpace.
std::string_view trim_space(std::string_view text);

}  // namespace gpuctl::chart::go
