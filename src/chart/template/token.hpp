#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gpuctl::chart {

/// What a piece of a template is. Keywords come last.
enum class TokenKind : std::uint8_t {
  error,  ///< its value says what is wrong
  boolean,
  character,  ///< a printable one that means nothing by itself, such as the comma
  character_constant,
  complex,
  assign,   ///< =
  declare,  ///< :=
  end_of_text,
  field,  ///< .Name
  identifier,
  left_delimiter,
  left_paren,
  number,
  pipe,
  raw_string,
  right_delimiter,
  right_paren,
  space,
  string,
  text,
  variable,
  block,
  break_loop,
  continue_loop,
  dot,
  define,
  else_branch,
  end,
  if_branch,
  nil,
  range,
  template_call,
  with,
};

struct Token {
  TokenKind kind = TokenKind::end_of_text;
  std::size_t position = 0;
  std::string_view value;  ///< a part of the template's text; an error's lives as long as the lexer
  int line = 1;
};

/// As error messages name it.
std::string shown(const Token& token);

}  // namespace gpuctl::chart
