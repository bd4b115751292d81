#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gpuctl::util {

/// RFC 4648 base64 with padding, on one line.
std::string base64_encode(std::string_view bytes);
/// The bytes of a base64 text; blanks and line ends do not count. Nothing when it is not base64 (a foreign character,
/// wrong padding, stray bits).
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace gpuctl::util
