#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gpuctl::util {

/// One word of POSIX sh that stands for exactly `text`; plain words stay bare. Throws std::invalid_argument on a NUL
/// byte.
std::string shell_quote(std::string_view text);
/// argv as one command line, each word quoted.
std::string shell_command(std::span<const std::string> argv);

}  // namespace gpuctl::util
