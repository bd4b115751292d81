#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gpuctl::chart::go {

/// As Go decodes a string: what is no UTF-8 is U+FFFD, a byte at a time. `length` is 0 at the end of the text alone.
struct Rune {
  char32_t code = 0xfffd;
  std::size_t length = 0;
};

Rune first_rune(std::string_view text);
std::size_t rune_count(std::string_view text);
/// Appends it as UTF-8, and U+FFFD for what no character is.
void append_rune(std::string& text, char32_t code);

bool is_print(char32_t code);   ///< unicode.IsPrint: of the spaces ' ' alone
bool is_letter(char32_t code);  ///< unicode.IsLetter
bool is_digit(char32_t code);   ///< unicode.IsDigit

}  // namespace gpuctl::chart::go
