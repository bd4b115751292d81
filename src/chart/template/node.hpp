#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gpuctl::chart {

/// The text that was parsed, for the places in error messages.
struct Source {
  std::string name;  ///< of the template at the top of the text
  std::string text;
};

enum class NodeKind : std::uint8_t {
  text,
  action,
  break_loop,
  continue_loop,
  if_branch,
  range,
  with,
  template_call,
  list,
  pipe,
  command,
  boolean,
  chain,
  dot,
  field,
  identifier,
  nil,
  number,
  string,
  variable,
  end,          ///< of a list, never in a tree
  else_branch,  ///< of a list, never in a tree
};

/// A number of the text: what it can be is decided by where it stands.
struct Number {
  bool is_int = false, is_uint = false, is_float = false, is_complex = false;
  std::int64_t int64 = 0;
  std::uint64_t uint64 = 0;
  double float64 = 0;
  double imaginary = 0;  ///< of a complex one, whose real part is float64
};

struct Node;
using NodePtr = std::unique_ptr<Node>;

/// A part of a template. Which members mean something depends on the kind.
struct Node {
  NodeKind kind;
  std::size_t position;  ///< in the source's text
  const Source* source;

  std::string text;   ///< text; a template's or a function's name; a constant as it was written
  std::string value;  ///< a string's
  Number number;
  bool truth = false;              ///< a boolean's
  std::vector<std::string> names;  ///< field, chain; a variable with its `$` and then fields
  std::vector<NodePtr> children;   ///< list; a pipe's commands; a command's arguments; what a chain starts from
  bool assigns = false;            ///< a pipe with `=`, not `:=`
  std::vector<NodePtr> variables;  ///< that a pipe declares or assigns
  NodePtr pipe;                    ///< action, if, range, with; a template's argument, which may be missing
  NodePtr body;                    ///< if, range, with
  NodePtr otherwise;               ///< if, range, with; may be missing
};

/// The template text that a node stands for, as error messages show it.
std::string shown(const Node& node);
/// `name:line:column` of a node.
std::string place(const Node& node);

/// A parsed template. Never changed once it is in a set, so sets share it.
struct Tree {
  std::string name;
  std::shared_ptr<const Source> source;
  NodePtr root;
};

/// Whether there is nothing but space in it.
bool is_blank(const Node& node);

}  // namespace gpuctl::chart
