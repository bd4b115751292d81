#include "chart/template/lexer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "chart/go/quote.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view spaces = " \t\r\n";
constexpr std::size_t marker_length = 2;  // a minus and the space that belongs to it

bool is_space(char32_t code) {
  return code == ' ' || code == '\t' || code == '\r' || code == '\n';
}
bool is_word(char32_t code) {
  if (code < 0x80) {
    const auto c = static_cast<char>(code);
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  return go::is_letter(code) || go::is_digit(code);
}
bool trims_left(std::string_view text) {
  return text.size() >= 2 && text[0] == '-' && is_space(static_cast<unsigned char>(text[1]));
}
bool trims_right(std::string_view text) {
  return text.size() >= 2 && is_space(static_cast<unsigned char>(text[0])) && text[1] == '-';
}
std::size_t space_before(std::string_view text) {
  const auto last = text.find_last_not_of(spaces);
  return last == std::string_view::npos ? text.size() : text.size() - last - 1;
}
std::size_t space_after(std::string_view text) {
  return std::min(text.find_first_not_of(spaces), text.size());
}

TokenKind kind_of(std::string_view word) {
  struct Keyword {
    std::string_view word;
    TokenKind kind;
  };
  static constexpr std::array<Keyword, 13> keywords = {{
      {"block", TokenKind::block},
      {"break", TokenKind::break_loop},
      {"continue", TokenKind::continue_loop},
      {"define", TokenKind::define},
      {"else", TokenKind::else_branch},
      {"end", TokenKind::end},
      {"if", TokenKind::if_branch},
      {"nil", TokenKind::nil},
      {"range", TokenKind::range},
      {"template", TokenKind::template_call},
      {"with", TokenKind::with},
      {"true", TokenKind::boolean},
      {"false", TokenKind::boolean},
  }};
  const auto* at = std::find_if(keywords.begin(), keywords.end(), [&](const Keyword& one) { return one.word == word; });
  return at == keywords.end() ? TokenKind::identifier : at->kind;
}

}  // namespace

std::string shown(const Token& token) {
  if (token.kind == TokenKind::end_of_text) return "EOF";
  if (token.kind == TokenKind::error) return std::string(token.value);
  if (token.kind >= TokenKind::block) return fmt::format("<{}>", token.value);
  if (token.value.size() <= 10) return go::quoted(token.value);
  std::size_t length = 0;
  for (int i = 0; i < 10 && length < token.value.size(); ++i)
    length += go::first_rune(token.value.substr(length)).length;
  return go::quoted(token.value.substr(0, length)) + "...";
}

Token Lexer::next() {
  return inside_ ? inside_action() : text();
}

Token Lexer::token(TokenKind kind) {
  const Token made{kind, start_, taken(), line_};
  ignore();
  return made;
}

void Lexer::ignore() {
  line_ += static_cast<int>(std::ranges::count(taken(), '\n'));
  start_ = position_;
}

Token Lexer::failed(std::string why) {
  error_ = std::move(why);
  const Token made{TokenKind::error, start_, error_, line_};
  text_ = {};
  start_ = position_ = 0;
  return made;
}

Token Lexer::bad_character(const char* what, char32_t code) {
  std::string shown;
  if (go::is_print(code)) {
    shown = " '";
    go::append_rune(shown, code);
    shown += '\'';
  }
  return failed(fmt::format("{} U+{:04X}{}", what, static_cast<unsigned>(code), shown));
}

Token Lexer::text() {
  const auto before = rest().find("{{");
  if (before == std::string_view::npos) {
    position_ = text_.size();
    if (position_ > start_) return token(TokenKind::text);
    return {TokenKind::end_of_text, start_, "EOF", line_};
  }
  if (before > 0) {
    position_ += before;
    const std::size_t trimmed = trims_left(rest().substr(2)) ? space_before(taken()) : 0;
    position_ -= trimmed;
    const Token made = token(TokenKind::text);
    position_ += trimmed;
    ignore();
    if (!made.value.empty()) return made;
  }
  return left_delimiter();
}

Token Lexer::left_delimiter() {
  position_ += 2;
  const std::size_t marker = trims_left(rest()) ? marker_length : 0;
  if (rest().substr(marker).starts_with("/*")) {
    position_ += marker;
    ignore();
    return comment();
  }
  const Token made = token(TokenKind::left_delimiter);
  inside_ = true;
  position_ += marker;
  ignore();
  parens_ = 0;
  return made;
}

Token Lexer::comment() {
  const auto end = rest().find("*/", 2);
  if (end == std::string_view::npos) {
    position_ += 2;
    return failed("unclosed comment");
  }
  position_ += end + 2;
  if (!at_right_delimiter(rest())) return failed("comment ends before closing delimiter");
  const bool trims = trims_right(rest());
  position_ += trims ? marker_length + 2 : 2;
  if (trims) position_ += space_after(rest());
  ignore();
  return text();
}

bool Lexer::at_right_delimiter(std::string_view rest) const {
  return rest.starts_with("}}") || (trims_right(rest) && rest.substr(marker_length).starts_with("}}"));
}

Token Lexer::right_delimiter() {
  const bool trims = !rest().starts_with("}}");
  if (trims) {
    position_ += marker_length;
    ignore();
  }
  position_ += 2;
  const Token made = token(TokenKind::right_delimiter);
  if (trims) {
    position_ += space_after(rest());
    ignore();
  }
  inside_ = false;
  return made;
}

Token Lexer::inside_action() {
  if (at_right_delimiter(rest())) return parens_ == 0 ? right_delimiter() : failed("unclosed left paren");
  const go::Rune rune = peek();
  if (rune.length == 0) return failed("unclosed action");
  if (is_space(rune.code)) return space();
  position_ += rune.length;
  switch (rune.code) {
    case '=':
      return token(TokenKind::assign);
    case ':':
      if (peek().code != '=') return failed("expected :=");
      ++position_;
      return token(TokenKind::declare);
    case '|':
      return token(TokenKind::pipe);
    case '"':
      return quoted('"', TokenKind::string, "unterminated quoted string");
    case '`':
      return raw_string();
    case '$':
      return field_or_variable(TokenKind::variable);
    case '\'':
      return quoted('\'', TokenKind::character_constant, "unterminated character constant");
    case '.':
      if (!rest().empty() && (rest()[0] < '0' || rest()[0] > '9')) return field_or_variable(TokenKind::field);
      --position_;
      return number();
    case '(':
      ++parens_;
      return token(TokenKind::left_paren);
    case ')':
      return --parens_ < 0 ? failed("unexpected right paren") : token(TokenKind::right_paren);
    default:
      break;
  }
  if (rune.code == '+' || rune.code == '-' || (rune.code >= '0' && rune.code <= '9')) {
    --position_;
    return number();
  }
  if (is_word(rune.code)) return identifier();
  if (rune.code < 0x80 && go::is_print(rune.code)) return token(TokenKind::character);
  return bad_character("unrecognized character in action:", rune.code);
}

Token Lexer::space() {
  std::size_t count = space_after(rest());
  position_ += count;
  // The last of them may belong to a marker that trims.
  const std::string_view from_last = text_.substr(position_ - 1);
  if (trims_right(from_last) && from_last.substr(marker_length).starts_with("}}")) {
    --position_;
    if (--count == 0) return right_delimiter();
  }
  return token(TokenKind::space);
}

Token Lexer::identifier() {
  go::Rune rune = peek();
  for (; rune.length > 0 && is_word(rune.code); rune = peek()) position_ += rune.length;
  if (!at_terminator()) return bad_character("bad character", rune.code);
  return token(kind_of(taken()));
}

Token Lexer::field_or_variable(TokenKind kind) {
  if (at_terminator()) return token(kind == TokenKind::variable ? kind : TokenKind::dot);
  go::Rune rune = peek();
  for (; rune.length > 0 && is_word(rune.code); rune = peek()) position_ += rune.length;
  if (!at_terminator()) return bad_character("bad character", rune.code);
  return token(kind);
}

bool Lexer::at_terminator() const {
  if (rest().empty() || rest().starts_with("}}")) return true;
  return std::string_view(" \t\r\n.,|:)(").find(rest()[0]) != std::string_view::npos;
}

Token Lexer::quoted(char quote, TokenKind kind, const char* unterminated) {
  while (true) {
    if (rest().empty() || rest()[0] == '\n') return failed(unterminated);
    const char c = text_[position_++];
    if (c == quote) return token(kind);
    if (c != '\\') continue;
    if (rest().empty() || rest()[0] == '\n') return failed(unterminated);
    ++position_;
  }
}

Token Lexer::raw_string() {
  const auto end = rest().find('`');
  if (end == std::string_view::npos) return failed("unterminated raw quoted string");
  position_ += end + 1;
  return token(TokenKind::raw_string);
}

bool Lexer::accept(std::string_view valid) {
  if (rest().empty() || valid.find(rest()[0]) == std::string_view::npos) return false;
  ++position_;
  return true;
}

void Lexer::accept_run(std::string_view valid) {
  while (accept(valid)) {
  }
}

Token Lexer::number() {
  const auto bad = [this] { return failed("bad number syntax: " + go::quoted(taken())); };
  if (!scan_number()) return bad();
  if (!rest().starts_with('+') && !rest().starts_with('-')) return token(TokenKind::number);
  if (!scan_number() || text_[position_ - 1] != 'i') return bad();
  return token(TokenKind::complex);
}

bool Lexer::scan_number() {
  constexpr std::string_view decimal = "0123456789_";
  constexpr std::string_view hexadecimal = "0123456789abcdefABCDEF_";
  std::string_view digits = decimal;
  accept("+-");
  if (accept("0")) {
    if (accept("xX"))
      digits = hexadecimal;
    else if (accept("oO"))
      digits = "01234567_";
    else if (accept("bB"))
      digits = "01_";
  }
  accept_run(digits);
  if (accept(".")) accept_run(digits);
  if ((digits == decimal && accept("eE")) || (digits == hexadecimal && accept("pP"))) {
    accept("+-");
    accept_run(decimal);
  }
  accept("i");
  const go::Rune rune = peek();
  if (rune.length == 0 || !is_word(rune.code)) return true;
  position_ += rune.length;
  return false;
}

}  // namespace gpuctl::chart
