#include "view/clean.hpp"

#include <fmt/core.h>

#include <cstdint>

namespace gpuctl::view {

namespace {

struct Symbol {
  char32_t code = 0;
  std::size_t length = 1;
  bool valid = false;
};

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The character at the start of `text`; shortest forms only, no surrogates.
Symbol first_symbol(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80U) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0U && lead < 0xF5U ? 4 : lead >= 0xE0U ? 3 : lead >= 0xC2U ? 2 : 0;
  if (length == 0 || lead >= 0xF5U || text.size() < length) return {};
  char32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[i])) return {};
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least[length] || code > 0x10FFFF || surrogate) return {};
  return {code, length, true};
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
    const auto symbol = first_symbol(text);
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
