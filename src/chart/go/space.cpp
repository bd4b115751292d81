#include "chart/go/space.hpp"

#include "util/utf8.hpp"

namespace gpuctl::chart::go {

bool is_space(char32_t code) {
  if (code < 0x80) return code == ' ' || (code >= '\t' && code <= '\r');
  return code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
         code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

namespace {

bool is_blank(util::Symbol symbol) {
  return symbol.valid && is_space(symbol.code);
}

/// The last character of a text that is not empty.
util::Symbol last_symbol(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    const auto symbol = util::first_symbol(text.substr(text.size() - length));
    if (symbol.valid && symbol.length == length) return symbol;
  }
  return {};
}

}  // namespace

std::string_view trim_space(std::string_view text) {
  while (!text.empty()) {
    const auto symbol = util::first_symbol(text);
    if (!is_blank(symbol)) break;
    text.remove_prefix(symbol.length);
  }
  while (!text.empty()) {
    const auto symbol = last_symbol(text);
    if (!is_blank(symbol)) break;
    text.remove_suffix(symbol.length);
  }
  return text;
}

}  // namespace gpuctl::chart::go
