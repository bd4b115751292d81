#pragma once

#include <cstddef>
#include <string_view>

namespace gpuctl::util {

/// The character at the start of a text. `valid` is false for what is no UTF-8 (overlong forms, surrogates and cut
/// sequences are none); `length` is then 1.
struct Symbol {
  char32_t code = 0;
  std::size_t length = 1;
  bool valid = false;
};

/// `text` must not be empty.
Symbol first_symbol(std::string_view text);
bool is_utf8(std::string_view text);

}  // namespace gpuctl::util
