#include "chart/template/escape.hpp"

#include <fmt/core.h>

#include "chart/go/unicode.hpp"

namespace gpuctl::chart {

namespace {

std::string_view html_entity(char c) {
  switch (c) {
    case '\0':
      return "\xef\xbf\xbd";
    case '"':
      return "&#34;";
    case '\'':
      return "&#39;";
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    default:
      return {};
  }
}

void append_js(std::string& out, char32_t code) {
  switch (code) {
    case '\\':
    case '\'':
    case '"':
      out += '\\';
      out += static_cast<char>(code);
      return;
    default:
      break;
  }
  const bool special = code < ' ' || code == '<' || code == '>' || code == '&' || code == '=';
  if (special || (code >= 0x80 && !go::is_print(code)))
    out += fmt::format("\\u{:04X}", static_cast<unsigned>(code));
  else
    go::append_rune(out, code);
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const std::string_view entity = html_entity(c);
    if (entity.empty())
      out += c;
    else
      out += entity;
  }
  return out;
}

std::string js_escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const go::Rune rune = go::first_rune(text);
    if (rune.length == 1 && rune.code == 0xfffd)
      out += text.front();  // Go copies what is no UTF-8
    else
      append_js(out, rune.code);
    text.remove_prefix(rune.length);
  }
  return out;
}

std::string query_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ')
      out += '+';
    else if (is_unreserved(c))
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace gpuctl::chart
