#include <fmt/core.h>

#include <algorithm>

#include "chart/go/quote.hpp"
#include "chart/template/builtins.hpp"
#include "chart/template/parser_state.hpp"

namespace gpuctl::chart {

namespace {

constexpr int most_parens = 10000;  // as Go has it

bool begins_operand(TokenKind kind) {
  switch (kind) {
    case TokenKind::boolean:
    case TokenKind::character_constant:
    case TokenKind::complex:
    case TokenKind::dot:
    case TokenKind::field:
    case TokenKind::identifier:
    case TokenKind::number:
    case TokenKind::nil:
    case TokenKind::raw_string:
    case TokenKind::string:
    case TokenKind::variable:
    case TokenKind::left_paren:
      return true;
    default:
      return false;
  }
}

/// What can begin a pipeline and nothing else.
bool is_no_command(NodeKind kind) {
  return kind == NodeKind::boolean || kind == NodeKind::dot || kind == NodeKind::nil || kind == NodeKind::number ||
         kind == NodeKind::string;
}

}  // namespace

NodePtr Parser::pipeline(const char* context, TokenKind end) {
  NodePtr pipe = made(NodeKind::pipe, peek_word().position);
  declarations(*pipe, context);
  while (true) {
    const Token token = next_word();
    if (token.kind == end) {
      check_pipeline(*pipe, context);
      return pipe;
    }
    if (!begins_operand(token.kind)) unexpected(token, context);
    backup();
    pipe->children.push_back(command());
  }
}

void Parser::declarations(Node& pipe, const char* context) {
  while (peek_word().kind == TokenKind::variable) {
    const Token variable = next_word();
    // In `$x foo` the variable is an argument, which shows only behind the space; then all three are put back.
    const Token behind = peek();
    const Token word = peek_word();
    if (word.kind == TokenKind::assign || word.kind == TokenKind::declare) {
      pipe.assigns = word.kind == TokenKind::assign;
      next_word();
      pipe.variables.push_back(named(NodeKind::variable, variable));
      variables_.emplace_back(variable.value);
      return;
    }
    if (word.kind == TokenKind::character && word.value == ",") {
      if (!declares_more(pipe, variable, context)) return;
      continue;
    }
    if (behind.kind == TokenKind::space)
      backup(variable, behind);
    else
      backup(variable);
    return;
  }
}

bool Parser::declares_more(Node& pipe, const Token& variable, const char* context) {
  next_word();
  pipe.variables.push_back(named(NodeKind::variable, variable));
  variables_.emplace_back(variable.value);
  if (std::string_view(context) != "range" || pipe.variables.size() >= 2)
    fail(fmt::format("too many declarations in {}", context));
  const TokenKind kind = peek_word().kind;
  if (kind != TokenKind::variable && kind != TokenKind::right_delimiter && kind != TokenKind::right_paren)
    fail("range can only initialize variables");
  return kind == TokenKind::variable;
}

void Parser::check_pipeline(const Node& pipe, const char* context) {
  if (pipe.children.empty()) fail(fmt::format("missing value for {}", context));
  for (std::size_t i = 1; i < pipe.children.size(); ++i)
    if (is_no_command(pipe.children[i]->children.front()->kind))
      fail(fmt::format("non executable command in pipeline stage {}", i + 1));
}

NodePtr Parser::command() {
  NodePtr node = made(NodeKind::command, peek_word().position);
  while (true) {
    peek_word();
    if (NodePtr argument = operand()) node->children.push_back(std::move(argument));
    const Token token = next();
    if (token.kind == TokenKind::space) continue;
    if (token.kind == TokenKind::right_delimiter || token.kind == TokenKind::right_paren)
      backup();
    else if (token.kind != TokenKind::pipe)
      unexpected(token, "operand");
    break;
  }
  if (node->children.empty()) fail("empty command");
  return node;
}

NodePtr Parser::operand() {
  NodePtr node = term();
  if (!node || peek().kind != TokenKind::field) return node;
  const std::size_t position = peek().position;
  std::vector<std::string> names;
  while (peek().kind == TokenKind::field) names.emplace_back(next().value.substr(1));
  if (node->kind == NodeKind::field || node->kind == NodeKind::variable) {
    node->position = position;
    std::ranges::move(names, std::back_inserter(node->names));
    return node;
  }
  if (is_no_command(node->kind)) fail("unexpected . after term " + go::quoted(shown(*node)));
  NodePtr chain = made(NodeKind::chain, position);
  chain->children.push_back(std::move(node));
  chain->names = std::move(names);
  return chain;
}

NodePtr Parser::term() {
  const Token token = next_word();
  switch (token.kind) {
    case TokenKind::identifier: {
      if (!parse_.functions.find(token.value) && !builtin_functions().find(token.value))
        fail(fmt::format("function {} not defined", go::quoted(token.value)));
      NodePtr node = made(NodeKind::identifier, token.position);
      node->text = token.value;
      return node;
    }
    case TokenKind::dot:
      return made(NodeKind::dot, token.position);
    case TokenKind::nil:
      return made(NodeKind::nil, token.position);
    case TokenKind::variable:
      return used_variable(token);
    case TokenKind::field:
      return named(NodeKind::field, token);
    case TokenKind::boolean: {
      NodePtr node = made(NodeKind::boolean, token.position);
      node->truth = token.value == "true";
      return node;
    }
    case TokenKind::character_constant:
    case TokenKind::complex:
    case TokenKind::number:
      return number_of(token);
    case TokenKind::left_paren:
      return parenthesized();
    case TokenKind::string:
    case TokenKind::raw_string:
      return string_of(token);
    default:
      backup();
      return nullptr;
  }
}

NodePtr Parser::parenthesized() {
  if (parens_ >= most_parens || parse_.stack.exhausted()) fail("max expression depth exceeded");
  ++parens_;
  NodePtr pipe = pipeline("parenthesized pipeline", TokenKind::right_paren);
  --parens_;
  return pipe;
}

NodePtr Parser::used_variable(const Token& token) {
  if (std::ranges::find(variables_, token.value) == variables_.end())
    fail("undefined variable " + go::quoted(token.value));
  return named(NodeKind::variable, token);
}

NodePtr Parser::string_of(const Token& token) {
  NodePtr node = made(NodeKind::string, token.position);
  node->text = token.value;
  node->value = unquoted(token);
  return node;
}

std::string Parser::unquoted(const Token& token) {
  auto text = go::unquoted(token.value);
  if (!text) fail("invalid syntax");
  return std::move(*text);
}

}  // namespace gpuctl::chart
