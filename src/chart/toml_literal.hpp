#pragma once

#include <string>
#include <string_view>

#include "chart/value.hpp"

namespace gpuctl::chart {

// What the literals of a TOML text stand for. Each throws TomlRefusal, of the line that it is given.

Value toml_integer(std::string_view text, std::size_t line);
Value toml_float(std::string_view text, std::size_t line);
/// A date, a time, or both, with a zone or without.
Value toml_time(std::string_view text, std::size_t line);
/// The text with what its escapes stand for; they have been checked to be whole.
std::string toml_unescaped(std::string_view text, std::size_t line);
/// Without the break that follows the quotes.
std::string_view toml_from_first_line(std::string_view text);
/// With lines joined that end with a backslash.
std::string toml_joined_lines(std::string_view text);

}  // namespace gpuctl::chart
