#pragma once

#include <array>

#include "chart/template/lexer.hpp"
#include "chart/template/parser.hpp"
#include "chart/template/stack.hpp"

namespace gpuctl::chart {

/// What the parsers of one text share.
struct Parse {
  std::shared_ptr<const Source> source;
  const Functions& functions;
  Lexer lexer;
  Trees trees;
  Stack stack;
};

/// Parses one template: the text itself, or a definition in it, which has variables and a look ahead of its own.
class Parser {
 public:
  Parser(Parse& parse, std::string name) : parse_(parse), name_(std::move(name)) {}

  void text();        ///< to its end
  void definition();  ///< behind the word `define`
  void block();       ///< behind the pipe of a block

 private:
  struct Branch;

  NodePtr text_or_action();
  NodePtr action();
  NodePtr loop_exit(NodeKind kind, const Token& word);
  NodePtr else_control();
  NodePtr branch(NodeKind kind);
  NodePtr else_of(NodeKind kind, const Node& otherwise);
  NodePtr block_control();
  NodePtr template_control();
  std::string template_name(const Token& token, const char* context);
  /// The nodes up to an {{end}} or {{else}}, which comes back too.
  std::pair<NodePtr, NodePtr> list();

  NodePtr pipeline(const char* context, TokenKind end);
  void declarations(Node& pipe, const char* context);
  bool declares_more(Node& pipe, const Token& variable, const char* context);
  void check_pipeline(const Node& pipe, const char* context);
  NodePtr command();
  NodePtr operand();
  NodePtr term();
  NodePtr parenthesized();
  NodePtr used_variable(const Token& token);
  NodePtr string_of(const Token& token);
  NodePtr number_of(const Token& token);
  std::string unquoted(const Token& token);

  Token next();
  Token peek();
  void backup() { ++peeked_; }
  void backup(const Token& before);                      ///< two of them
  void backup(const Token& first, const Token& second);  ///< three of them
  Token next_word();                                     ///< that is no space
  Token peek_word();
  Token expect(TokenKind kind, const char* context);

  NodePtr made(NodeKind kind, std::size_t position) const;
  NodePtr named(NodeKind kind, const Token& token) const;  ///< a field or a variable
  void add();
  [[noreturn]] void fail(const std::string& why) const;
  [[noreturn]] void unexpected(const Token& token, const char* context) const;

  Parse& parse_;
  std::string name_;
  NodePtr root_;
  std::array<Token, 3> tokens_;
  std::size_t peeked_ = 0;
  std::vector<std::string> variables_ = {"$"};
  int action_line_ = 0;
  int loops_ = 0;
  int parens_ = 0;
};

}  // namespace gpuctl::chart
