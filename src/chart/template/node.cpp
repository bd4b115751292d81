#include "chart/template/node.hpp"

#include <algorithm>

#include "chart/go/quote.hpp"
#include "chart/go/space.hpp"

namespace gpuctl::chart {

namespace {

void show(std::string& out, const Node& node);

void show_all(std::string& out, const std::vector<NodePtr>& nodes, const char* between) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i > 0) out += between;
    show(out, *nodes[i]);
  }
}

void show_pipe(std::string& out, const Node& pipe) {
  show_all(out, pipe.variables, ", ");
  if (!pipe.variables.empty()) out += pipe.assigns ? " = " : " := ";
  show_all(out, pipe.children, " | ");
}

/// In brackets where it is a pipe.
void show_operand(std::string& out, const Node& node) {
  if (node.kind == NodeKind::pipe) out += '(';
  show(out, node);
  if (node.kind == NodeKind::pipe) out += ')';
}

void show_command(std::string& out, const Node& command) {
  for (std::size_t i = 0; i < command.children.size(); ++i) {
    if (i > 0) out += ' ';
    show_operand(out, *command.children[i]);
  }
}

void show_branch(std::string& out, const char* word, const Node& branch) {
  out += "{{";
  out += word;
  out += ' ';
  show(out, *branch.pipe);
  out += "}}";
  show(out, *branch.body);
  if (branch.otherwise) {
    out += "{{else}}";
    show(out, *branch.otherwise);
  }
  out += "{{end}}";
}

void show_call(std::string& out, const Node& call) {
  out += "{{template " + go::quoted(call.text);
  if (call.pipe) {
    out += ' ';
    show(out, *call.pipe);
  }
  out += "}}";
}

void show_names(std::string& out, const Node& node) {
  for (std::size_t i = 0; i < node.names.size(); ++i) {
    if (i > 0 || node.kind != NodeKind::variable) out += '.';
    out += node.names[i];
  }
}

/// An action that is one word.
std::string_view keyword(NodeKind kind) {
  switch (kind) {
    case NodeKind::break_loop:
      return "{{break}}";
    case NodeKind::continue_loop:
      return "{{continue}}";
    case NodeKind::end:
      return "{{end}}";
    default:
      return "{{else}}";
  }
}

void show(std::string& out, const Node& node) {
  switch (node.kind) {
    case NodeKind::list:
      return show_all(out, node.children, "");
    case NodeKind::action:
      out += "{{";
      show(out, *node.pipe);
      out += "}}";
      return;
    case NodeKind::break_loop:
    case NodeKind::continue_loop:
    case NodeKind::end:
    case NodeKind::else_branch:
      out += keyword(node.kind);
      return;
    case NodeKind::if_branch:
      return show_branch(out, "if", node);
    case NodeKind::range:
      return show_branch(out, "range", node);
    case NodeKind::with:
      return show_branch(out, "with", node);
    case NodeKind::template_call:
      return show_call(out, node);
    case NodeKind::pipe:
      return show_pipe(out, node);
    case NodeKind::command:
      return show_command(out, node);
    case NodeKind::chain:
      show_operand(out, *node.children.front());
      return show_names(out, node);
    case NodeKind::field:
    case NodeKind::variable:
      return show_names(out, node);
    case NodeKind::dot:
      out += '.';
      return;
    case NodeKind::nil:
      out += "nil";
      return;
    case NodeKind::boolean:
      out += node.truth ? "true" : "false";
      return;
    case NodeKind::text:
    case NodeKind::identifier:
    case NodeKind::number:
    case NodeKind::string:
      out += node.text;
  }
}

}  // namespace

std::string shown(const Node& node) {
  std::string out;
  show(out, node);
  return out;
}

std::string place(const Node& node) {
  const std::string_view before = std::string_view(node.source->text).substr(0, node.position);
  const auto newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() : before.size() - newline - 1;
  const auto line = 1 + std::ranges::count(before, '\n');
  return node.source->name + ':' + std::to_string(line) + ':' + std::to_string(column);
}

bool is_blank(const Node& node) {
  if (node.kind == NodeKind::list)
    return std::ranges::all_of(node.children, [](const NodePtr& child) { return is_blank(*child); });
  return node.kind == NodeKind::text && go::trim_space(node.text).empty();
}

}  // namespace gpuctl::chart
