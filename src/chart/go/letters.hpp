#pragma once

#include <string>
#include <string_view>

namespace gpuctl::chart::go {

// Classes and cases of characters as Go's package unicode has them.
bool is_upper(char32_t code);
bool is_lower(char32_t code);
bool is_title(char32_t code);
bool is_punctuation(char32_t code);
bool is_number(char32_t code);

char32_t to_upper(char32_t code);
char32_t to_lower(char32_t code);
char32_t to_title(char32_t code);

// Whole texts; what is no UTF-8 becomes U+FFFD where anything else than ASCII stands in the text.
std::string upper_text(std::string_view text);
std::string lower_text(std::string_view text);

}  // namespace gpuctl::chart::go
