#include "view/clean.hpp"

#include <fmt/core.h>

#include <cstdint>

#include "util/utf8.hpp"

namespace gpuctl::view {

namespace {

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Characters that move, hide or turn text round.
bool dangerous(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

std::string escaped(char32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\t') return "\\t";
  if (code == '\r') return "\\r";
  if (code < 0x80) return fmt::format("\\x{:02x}", static_cast<std::uint32_t>(code));
  return fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(code));
}

std::string in_ascii(char32_t code) {
  switch (code) {
    case U'·':
      return "-";
    case U'…':
      return "...";
    case U'×':
      return "x";
    default:
      return "?";
  }
}

}  // namespace

std::string clean(std::string_view text, bool utf8) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto symbol = util::first_symbol(text);
    if (!symbol.valid)
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    else if (dangerous(symbol.code))
      out += escaped(symbol.code);
    else if (symbol.code >= 0x80 && !utf8)
      out += in_ascii(symbol.code);
    else
      out += text.substr(0, symbol.length);
    text.remove_prefix(symbol.length);
  }
  return out;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text)
    if (!continues(byte)) ++count;
  return count;
}

std::string fitted(const std::string& text, std::size_t width, bool utf8) {
  if (columns(text) <= width) return text;
  const std::string mark = utf8 ? "…" : "...";
  const auto room = width > columns(mark) ? width - columns(mark) : 0;
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size(); ++at)
    if (!continues(text[at]) && count++ == room) break;
  return text.substr(0, at) + mark;
}

}  // namespace gpuctl::view
