#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gpuctl::chart::go {

/// strconv.Quote; with `ascii` QuoteToASCII.
std::string quoted(std::string_view text, bool ascii = false);
/// strconv.QuoteRune; with `ascii` QuoteRuneToASCII.
std::string quoted_rune(char32_t code, bool ascii = false);
/// strconv.CanBackquote.
bool can_be_raw(std::string_view text);

/// strconv.Unquote of a literal in "", '' or ``; empty where it is none.
std::optional<std::string> unquoted(std::string_view literal);

/// One character of a literal, as strconv.UnquoteChar takes it off `rest`; empty where the syntax is wrong.
struct Character {
  char32_t code = 0;
  bool multibyte = false;  ///< to be written as UTF-8, where \x and octal escapes are bytes
};
std::optional<Character> take_character(std::string_view& rest, char quote);

}  // namespace gpuctl::chart::go
