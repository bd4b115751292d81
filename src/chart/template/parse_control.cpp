#include <fmt/core.h>

#include "chart/template/parser_state.hpp"

namespace gpuctl::chart {

std::pair<NodePtr, NodePtr> Parser::list() {
  NodePtr nodes = made(NodeKind::list, peek_word().position);
  while (peek_word().kind != TokenKind::end_of_text) {
    NodePtr node = text_or_action();
    if (node->kind == NodeKind::end || node->kind == NodeKind::else_branch) return {std::move(nodes), std::move(node)};
    nodes->children.push_back(std::move(node));
  }
  fail("unexpected EOF");
}

NodePtr Parser::text_or_action() {
  const Token token = next_word();
  if (token.kind == TokenKind::text) {
    NodePtr node = made(NodeKind::text, token.position);
    node->text = token.value;
    return node;
  }
  if (token.kind != TokenKind::left_delimiter) unexpected(token, "input");
  if (parse_.stack.exhausted()) fail("max depth of nested actions exceeded");
  action_line_ = token.line;
  NodePtr node = action();
  action_line_ = 0;
  return node;
}

NodePtr Parser::action() {
  const Token token = next_word();
  switch (token.kind) {
    case TokenKind::block:
      return block_control();
    case TokenKind::break_loop:
      return loop_exit(NodeKind::break_loop, token);
    case TokenKind::continue_loop:
      return loop_exit(NodeKind::continue_loop, token);
    case TokenKind::else_branch:
      return else_control();
    case TokenKind::end:
      return made(NodeKind::end, expect(TokenKind::right_delimiter, "end").position);
    case TokenKind::if_branch:
      return branch(NodeKind::if_branch);
    case TokenKind::range:
      return branch(NodeKind::range);
    case TokenKind::with:
      return branch(NodeKind::with);
    case TokenKind::template_call:
      return template_control();
    default:
      break;
  }
  backup();
  NodePtr node = made(NodeKind::action, peek().position);
  node->pipe = pipeline("command", TokenKind::right_delimiter);
  return node;
}

NodePtr Parser::loop_exit(NodeKind kind, const Token& word) {
  const char* shown = kind == NodeKind::break_loop ? "{{break}}" : "{{continue}}";
  const Token token = next_word();
  if (token.kind != TokenKind::right_delimiter) unexpected(token, shown);
  if (loops_ == 0) fail(std::string(shown) + " outside {{range}}");
  return made(kind, word.position);
}

NodePtr Parser::else_control() {
  const Token token = peek_word();
  // `else if` and `else with` leave their second word to the branch that they belong to.
  if (token.kind == TokenKind::if_branch || token.kind == TokenKind::with)
    return made(NodeKind::else_branch, token.position);
  return made(NodeKind::else_branch, expect(TokenKind::right_delimiter, "else").position);
}

NodePtr Parser::branch(NodeKind kind) {
  const std::size_t variables = variables_.size();
  const bool loop = kind == NodeKind::range;
  NodePtr pipe = pipeline(loop ? "range" : kind == NodeKind::with ? "with" : "if", TokenKind::right_delimiter);
  NodePtr node = made(kind, pipe->position);
  node->pipe = std::move(pipe);
  if (loop) ++loops_;
  auto [body, end] = list();
  if (loop) --loops_;
  node->body = std::move(body);
  if (end->kind == NodeKind::else_branch) node->otherwise = else_of(kind, *end);
  variables_.resize(variables);
  return node;
}

NodePtr Parser::else_of(NodeKind kind, const Node& otherwise) {
  const TokenKind word = kind == NodeKind::if_branch ? TokenKind::if_branch : TokenKind::with;
  if (kind != NodeKind::range && peek().kind == word) {
    next();
    // The {{end}} that closes the branch inside closes this one too.
    NodePtr nodes = made(NodeKind::list, otherwise.position);
    nodes->children.push_back(branch(kind));
    return nodes;
  }
  auto [nodes, end] = list();
  if (end->kind != NodeKind::end) fail("expected end; found " + shown(*end));
  return std::move(nodes);
}

NodePtr Parser::block_control() {
  constexpr const char* context = "block clause";
  const Token token = next_word();
  NodePtr node = made(NodeKind::template_call, token.position);
  node->text = template_name(token, context);
  node->pipe = pipeline(context, TokenKind::right_delimiter);
  Parser(parse_, node->text).block();
  return node;
}

NodePtr Parser::template_control() {
  constexpr const char* context = "template clause";
  const Token token = next_word();
  NodePtr node = made(NodeKind::template_call, token.position);
  node->text = template_name(token, context);
  if (next_word().kind != TokenKind::right_delimiter) {
    backup();
    node->pipe = pipeline(context, TokenKind::right_delimiter);
  }
  return node;
}

std::string Parser::template_name(const Token& token, const char* context) {
  if (token.kind != TokenKind::string && token.kind != TokenKind::raw_string) unexpected(token, context);
  return unquoted(token);
}

}  // namespace gpuctl::chart
