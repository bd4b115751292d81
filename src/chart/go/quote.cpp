#include "chart/go/quote.hpp"

#include "chart/go/unicode.hpp"

namespace gpuctl::chart::go {

namespace {

constexpr std::string_view hex = "0123456789abcdef";

void append_hex(std::string& out, char32_t code, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += hex[code >> shift & 0xf];
}

/// The letter of a short escape, or 0.
char short_escape(char32_t code) {
  constexpr std::string_view letters = "abtnvfr";  // from 7 on
  return code >= 7 && code <= 13 ? letters[code - 7] : '\0';
}

void append_escaped(std::string& out, char32_t code, char quote, bool ascii) {
  if (code == static_cast<unsigned char>(quote) || code == '\\') {
    out += '\\';
    out += static_cast<char>(code);
  } else if (code < 0x80 ? is_print(code) : !ascii && is_print(code)) {
    append_rune(out, code);
  } else if (const char letter = short_escape(code)) {
    out += '\\';
    out += letter;
  } else if (code < ' ' || code == 0x7f) {
    out += "\\x";
    append_hex(out, code, 2);
  } else if (code < 0x10000) {
    out += "\\u";
    append_hex(out, code, 4);
  } else {
    out += "\\U";
    append_hex(out, code, 8);
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<Character> take_hex(std::string_view& rest, std::size_t digits, bool byte) {
  if (rest.size() < digits) return std::nullopt;
  char32_t code = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const int digit = hex_digit(rest[i]);
    if (digit < 0) return std::nullopt;
    code = code << 4 | static_cast<char32_t>(digit);
  }
  rest.remove_prefix(digits);
  if (!byte && (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))) return std::nullopt;
  return Character{code, !byte};
}

std::optional<Character> take_octal(std::string_view& rest, char first) {
  if (rest.size() < 2) return std::nullopt;
  char32_t code = static_cast<char32_t>(first - '0');
  for (int i = 0; i < 2; ++i) {
    if (rest[i] < '0' || rest[i] > '7') return std::nullopt;
    code = code << 3 | static_cast<char32_t>(rest[i] - '0');
  }
  rest.remove_prefix(2);
  if (code > 255) return std::nullopt;
  return Character{code, false};
}

std::optional<Character> take_escape(std::string_view& rest, char quote) {
  if (rest.empty()) return std::nullopt;
  const char c = rest.front();
  rest.remove_prefix(1);
  switch (c) {
    case 'a':
      return Character{7, false};
    case 'b':
      return Character{8, false};
    case 't':
      return Character{9, false};
    case 'n':
      return Character{10, false};
    case 'v':
      return Character{11, false};
    case 'f':
      return Character{12, false};
    case 'r':
      return Character{13, false};
    case 'x':
      return take_hex(rest, 2, true);
    case 'u':
      return take_hex(rest, 4, false);
    case 'U':
      return take_hex(rest, 8, false);
    case '\\':
      return Character{'\\', false};
    case '\'':
    case '"':
      if (c != quote) return std::nullopt;
      return Character{static_cast<char32_t>(c), false};
    default:
      if (c >= '0' && c <= '7') return take_octal(rest, c);
      return std::nullopt;
  }
}

std::optional<std::string> unquoted_raw(std::string_view inside) {
  std::string text;
  for (const char c : inside) {
    if (c == '`') return std::nullopt;
    if (c != '\r') text += c;
  }
  return text;
}

}  // namespace

std::string quoted(std::string_view text, bool ascii) {
  std::string out = "\"";
  while (!text.empty()) {
    const Rune rune = first_rune(text);
    if (rune.length == 1 && rune.code == 0xfffd) {
      out += "\\x";
      append_hex(out, static_cast<unsigned char>(text.front()), 2);
    } else {
      append_escaped(out, rune.code, '"', ascii);
    }
    text.remove_prefix(rune.length);
  }
  return out += '"';
}

std::string quoted_rune(char32_t code, bool ascii) {
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) code = 0xfffd;
  std::string out = "'";
  append_escaped(out, code, '\'', ascii);
  return out += '\'';
}

bool can_be_raw(std::string_view text) {
  while (!text.empty()) {
    const Rune rune = first_rune(text);
    const bool good = rune.length > 1 ? rune.code != 0xfeff
                                      : rune.code != 0xfffd && (rune.code >= ' ' || rune.code == '\t') &&
                                            rune.code != '`' && rune.code != 0x7f;
    if (!good) return false;
    text.remove_prefix(rune.length);
  }
  return true;
}

std::optional<Character> take_character(std::string_view& rest, char quote) {
  if (rest.empty()) return std::nullopt;
  const char c = rest.front();
  if (c == quote && (quote == '\'' || quote == '"')) return std::nullopt;
  if (c == '\\') {
    rest.remove_prefix(1);
    return take_escape(rest, quote);
  }
  const Rune rune = first_rune(rest);
  rest.remove_prefix(rune.length);
  return Character{rune.code, rune.code >= 0x80};
}

std::optional<std::string> unquoted(std::string_view literal) {
  if (literal.size() < 2 || literal.front() != literal.back()) return std::nullopt;
  const char quote = literal.front();
  std::string_view rest = literal.substr(1, literal.size() - 2);
  if (quote == '`') return unquoted_raw(rest);
  if (quote != '"' && quote != '\'') return std::nullopt;
  std::string text;
  std::size_t count = 0;
  for (; !rest.empty(); ++count) {
    if (rest.front() == '\n') return std::nullopt;
    const auto character = take_character(rest, quote);
    if (!character) return std::nullopt;
    if (character->multibyte)
      append_rune(text, character->code);
    else
      text += static_cast<char>(character->code);
  }
  if (quote == '\'' && count != 1) return std::nullopt;
  return text;
}

}  // namespace gpuctl::chart::go
