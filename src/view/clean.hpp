#pragma once

#include <string>
#include <string_view>

namespace gpuctl::view {

/// What of a text from elsewhere may reach a terminal: control characters, C1 controls, direction overrides and invalid
/// UTF-8 are written as `\x1b`, `\u{202e}`; a newline as `\n`. Without `utf8` our own signs become ASCII and every
/// other character `?`.
std::string clean(std::string_view text, bool utf8);

/// How many columns a cleaned text takes (wide characters count as one; good enough for alignment).
std::size_t columns(std::string_view text);

/// At most `width` columns, the last being an ellipsis where something was cut.
std::string fitted(const std::string& text, std::size_t width, bool utf8);

}  // namespace gpuctl::view
