#include <fmt/core.h>

#include "chart/go/print.hpp"
#include "chart/go/quote.hpp"
#include "chart/template/execution.hpp"

namespace gpuctl::chart {

namespace {

constexpr int deepest_template = 100000;  // of templates in each other, as Go has it

}  // namespace

void Execution::run(const Operand& dot) {
  variables_.push_back({"$", dot});
  walk(dot, *tree_.root);
}

void Execution::fail(const std::string& why, std::shared_ptr<const TemplateError> cause) {
  const std::string message =
      at_ ? fmt::format("template: {}: executing {} at <{}>: {}", place(*at_), go::quoted(tree_.name), shown(*at_), why)
          : fmt::format("template: {}: {}", tree_.name, why);
  throw TemplateError(message, std::move(cause));
}

void Execution::step() {
  if (++set_.run_->steps > set_.limits_.steps)
    fail(fmt::format("the template takes more than {} steps", set_.limits_.steps));
}

void Execution::write(std::string_view text) {
  if (out_.size() + text.size() > set_.limits_.output)
    fail(fmt::format("the output grows beyond {} bytes", set_.limits_.output));
  out_ += text;
}

Execution::Flow Execution::walk(const Operand& dot, const Node& node) {
  step();
  at_ = &node;
  switch (node.kind) {
    case NodeKind::text:
      write(node.text);
      return Flow::on;
    case NodeKind::action: {
      const Operand value = pipeline(dot, *node.pipe);
      if (node.pipe->variables.empty()) print(node, value);
      return Flow::on;
    }
    case NodeKind::list:
      return walk_list(dot, node);
    case NodeKind::if_branch:
    case NodeKind::with:
      return walk_branch(dot, node);
    case NodeKind::range:
      return walk_range(dot, node);
    case NodeKind::template_call:
      walk_template(dot, node);
      return Flow::on;
    case NodeKind::break_loop:
      return Flow::broken;
    case NodeKind::continue_loop:
      return Flow::continued;
    default:
      fail("unknown node: " + shown(node));
  }
}

Execution::Flow Execution::walk_list(const Operand& dot, const Node& list) {
  for (const NodePtr& node : list.children)
    if (const Flow flow = walk(dot, *node); flow != Flow::on) return flow;
  return Flow::on;
}

Execution::Flow Execution::walk_branch(const Operand& dot, const Node& node) {
  if (set_.run_->stack.exhausted()) fail("exceeded maximum depth of nested actions");
  const std::size_t mark = variables_.size();
  const Operand value = pipeline(dot, *node.pipe);
  Flow flow = Flow::on;
  if (truth(value.value()))
    flow = walk(node.kind == NodeKind::with ? value : dot, *node.body);
  else if (node.otherwise)
    flow = walk(dot, *node.otherwise);
  variables_.resize(mark);
  return flow;
}

Execution::Flow Execution::iteration(const Node& range, const Operand& index, const Operand& element) {
  const auto& declared = range.pipe->variables;
  if (!declared.empty() && range.pipe->assigns) {
    variable_named(declared.front()->names.front()) = declared.size() > 1 ? index : element;
    if (declared.size() > 1) variable_named(declared[1]->names.front()) = element;
  } else if (!declared.empty()) {
    variables_.back().value = element;
    if (declared.size() > 1) variables_[variables_.size() - 2].value = index;
  }
  const std::size_t mark = variables_.size();
  const Flow flow = walk(element, *range.body);
  variables_.resize(mark);
  return flow == Flow::broken ? Flow::broken : Flow::on;
}

/// Visits the elements until `visit` says that it has enough; false where there are none.
template <class Each>
bool Execution::each(const Node& node, const Operand& over, Each visit) {
  const Value& value = over.value();
  if (value.is_integer()) {
    if (node.pipe->variables.size() > 1) {
      std::string shown;
      go::print(shown, value);
      fail(fmt::format("can't use {} to iterate over more than one variable", shown));
    }
    const bool is_unsigned = value.kind() == Kind::uint8 || value.kind() == Kind::uint64;
    const auto end = static_cast<std::uint64_t>(value.integer());
    if (!is_unsigned && value.integer() <= 0) return false;
    for (std::uint64_t i = 0; i < end; ++i)
      if (!visit(Operand(), Operand(Value::of(value.kind(), i)))) break;
    return end > 0;
  }
  if (value.kind() == Kind::list) {
    const List& list = value.list();
    std::int64_t index = 0;
    if (list.bytes) {
      for (const char byte : *list.bytes) {
        const Value item = Value::of(Kind::uint8, static_cast<unsigned char>(byte));
        if (!visit(Operand(Value::of_int(index++)), Operand(item))) break;
      }
      return !list.bytes->empty();
    }
    for (const Value& item : list.items) {
      const bool boxed = list.element == Element::any;
      if (!visit(Operand(Value::of_int(index++)), boxed ? Operand::interface(item) : Operand(item))) break;
    }
    return !list.items.empty();
  }
  if (value.kind() == Kind::map) {
    const Map& map = *value.map();
    if (set_.reads_) set_.reads_->all(map);
    // The body may change the map: what is visited is what was there before.
    const std::vector<std::pair<std::string, Value>> entries(map.entries.begin(), map.entries.end());
    const bool boxed = map.type != MapType::string;
    for (const auto& [key, item] : entries)
      if (!visit(Operand(Value(key)), boxed ? Operand::interface(item) : Operand(item))) break;
    return !entries.empty();
  }
  if (value.is_nil()) return false;
  std::string shown;
  go::print(shown, value);
  fail("range can't iterate over " + shown);
}

Execution::Flow Execution::walk_range(const Operand& dot, const Node& node) {
  if (set_.run_->stack.exhausted()) fail("exceeded maximum depth of nested actions");
  const std::size_t mark = variables_.size();
  const Operand over = pipeline(dot, *node.pipe);
  const bool any = each(node, over, [&](const Operand& index, const Operand& element) {
    return iteration(node, index, element) == Flow::on;
  });
  Flow flow = Flow::on;
  if (!any && node.otherwise) flow = walk(dot, *node.otherwise);
  variables_.resize(mark);
  // Go's `range` catches a break from its else as well.
  return flow == Flow::broken ? Flow::on : flow;
}

void Execution::walk_template(const Operand& dot, const Node& node) {
  const auto found = set_.trees_.find(node.text);
  if (found == set_.trees_.end()) fail(fmt::format("template {} not defined", go::quoted(node.text)));
  if (depth_ >= deepest_template || set_.run_->stack.nearly_exhausted())
    fail(fmt::format("exceeded maximum template depth ({})", deepest_template));
  const Operand argument = node.pipe ? pipeline(dot, *node.pipe) : Operand();
  Execution(set_, *found->second, engine_, out_, depth_ + 1).run(argument);
}

void Execution::print(const Node& node, const Operand& value) {
  at_ = &node;
  if (value.is_nothing()) return write("<no value>");
  if (value.value().kind() == Kind::string) return write(value.value().string());
  if (set_.reads_ && value.value().kind() == Kind::map) set_.reads_->all(*value.value().map());
  std::string text;
  try {
    if (value.value().kind() == Kind::object)
      text = value.value().object()->printed();
    else
      go::print(text, value.value());
  } catch (const CallError& error) {
    fail(error.what());
  }
  write(text);
}

}  // namespace gpuctl::chart
