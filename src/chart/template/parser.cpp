#include "chart/template/parser.hpp"

#include <fmt/core.h>

#include "chart/go/quote.hpp"
#include "chart/template/parser_state.hpp"

namespace gpuctl::chart {

Trees parse(const std::string& name, std::string_view text, const Functions& functions) {
  const auto source = std::make_shared<const Source>(Source{name, std::string(text)});
  Parse parse{source, functions, Lexer(source->text), {}, {}};
  Parser(parse, name).text();
  return std::move(parse.trees);
}

void Parser::text() {
  root_ = made(NodeKind::list, peek().position);
  while (peek().kind != TokenKind::end_of_text) {
    if (peek().kind == TokenKind::left_delimiter) {
      const Token delimiter = next();
      if (next_word().kind == TokenKind::define) {
        Parser(parse_, "definition").definition();
        continue;
      }
      backup(delimiter);
    }
    NodePtr node = text_or_action();
    if (node->kind == NodeKind::end || node->kind == NodeKind::else_branch) fail("unexpected " + shown(*node));
    root_->children.push_back(std::move(node));
  }
  add();
}

void Parser::definition() {
  constexpr const char* context = "define clause";
  const Token name = next_word();
  if (name.kind != TokenKind::string && name.kind != TokenKind::raw_string) unexpected(name, context);
  name_ = unquoted(name);
  expect(TokenKind::right_delimiter, context);
  auto [nodes, end] = list();
  root_ = std::move(nodes);
  if (end->kind != NodeKind::end) fail(fmt::format("unexpected {} in {}", shown(*end), context));
  add();
}

void Parser::block() {
  auto [nodes, end] = list();
  root_ = std::move(nodes);
  if (end->kind != NodeKind::end) fail(fmt::format("unexpected {} in block clause", shown(*end)));
  add();
}

void Parser::add() {
  auto& there = parse_.trees[name_];
  const bool replaces = !there || is_blank(*there->root);
  if (!replaces && !is_blank(*root_)) fail("template: multiple definition of template " + go::quoted(name_));
  if (replaces) there = std::make_shared<const Tree>(Tree{name_, parse_.source, std::move(root_)});
}

NodePtr Parser::made(NodeKind kind, std::size_t position) const {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->position = position;
  node->source = parse_.source.get();
  return node;
}

NodePtr Parser::named(NodeKind kind, const Token& token) const {
  NodePtr node = made(kind, token.position);
  node->names.emplace_back(kind == NodeKind::field ? token.value.substr(1) : token.value);
  return node;
}

Token Parser::next() {
  if (peeked_ > 0)
    --peeked_;
  else
    tokens_[0] = parse_.lexer.next();
  return tokens_[peeked_];
}

Token Parser::peek() {
  if (peeked_ > 0) return tokens_[peeked_ - 1];
  peeked_ = 1;
  tokens_[0] = parse_.lexer.next();
  return tokens_[0];
}

void Parser::backup(const Token& before) {
  tokens_[1] = before;
  peeked_ = 2;
}

void Parser::backup(const Token& first, const Token& second) {
  tokens_[1] = second;
  tokens_[2] = first;
  peeked_ = 3;
}

Token Parser::next_word() {
  Token token = next();
  while (token.kind == TokenKind::space) token = next();
  return token;
}

Token Parser::peek_word() {
  const Token token = next_word();
  backup();
  return token;
}

Token Parser::expect(TokenKind kind, const char* context) {
  const Token token = next_word();
  if (token.kind != kind) unexpected(token, context);
  return token;
}

void Parser::fail(const std::string& why) const {
  throw TemplateError(fmt::format("template: {}:{}: {}", parse_.source->name, tokens_[0].line, why));
}

void Parser::unexpected(const Token& token, const char* context) const {
  if (token.kind != TokenKind::error) fail(fmt::format("unexpected {} in {}", shown(token), context));
  std::string extra;
  if (action_line_ != 0 && action_line_ != token.line) {
    const bool named = token.value.ends_with(" action");
    extra = fmt::format("{} started at {}:{}", named ? "" : " in action", parse_.source->name, action_line_);
  }
  fail(std::string(token.value) + extra);
}

}  // namespace gpuctl::chart
