#pragma once

#include "chart/go/unicode.hpp"
#include "chart/template/token.hpp"

namespace gpuctl::chart {

/// Cuts a template's text, which must outlive it, into tokens. What is trimmed never becomes one.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next();

 private:
  Token text();
  Token left_delimiter();
  Token comment();
  Token inside_action();
  Token right_delimiter();
  Token space();
  Token identifier();
  Token field_or_variable(TokenKind kind);
  Token number();
  Token quoted(char quote, TokenKind kind, const char* unterminated);
  Token raw_string();

  bool scan_number();
  bool at_right_delimiter(std::string_view rest) const;
  bool at_terminator() const;
  bool accept(std::string_view valid);
  void accept_run(std::string_view valid);
  go::Rune peek() const { return go::first_rune(rest()); }
  std::string_view rest() const { return text_.substr(position_); }
  std::string_view taken() const { return text_.substr(start_, position_ - start_); }

  Token token(TokenKind kind);
  void ignore();
  Token failed(std::string why);
  Token bad_character(const char* what, char32_t code);

  std::string_view text_;
  std::size_t position_ = 0, start_ = 0;
  int line_ = 1;  ///< of start_
  int parens_ = 0;
  bool inside_ = false;
  std::string error_;
};

}  // namespace gpuctl::chart
