#include <fmt/core.h>

#include "chart/go/quote.hpp"
#include "chart/template/complex.hpp"
#include "chart/template/execution.hpp"
#include "chart/template/types.hpp"
#include "chart/template/values_methods.hpp"

namespace gpuctl::chart {

Operand& Execution::variable_named(std::string_view name) {
  for (std::size_t i = variables_.size(); i-- > 0;)
    if (variables_[i].name == name) return variables_[i].value;
  fail(fmt::format("undefined variable: {}", name));
}

Operand Execution::pipeline(const Operand& dot, const Node& pipe) {
  at_ = &pipe;
  if (set_.run_->stack.exhausted()) fail("exceeded maximum depth of nested pipelines");
  Operand value = Operand::missing();
  for (const NodePtr& stage : pipe.children) value = command(dot, *stage, value).inside();
  for (const NodePtr& variable : pipe.variables) {
    if (pipe.assigns)
      variable_named(variable->names.front()) = value;
    else
      variables_.push_back({variable->names.front(), value});
  }
  return value;
}

void Execution::not_a_function(std::span<const NodePtr> arguments, const Node& word, const Operand& final) {
  if (arguments.size() > 1 || !final.is_missing()) fail("can't give argument to non-function " + shown(word));
}

Operand Execution::command(const Operand& dot, const Node& command, const Operand& final) {
  const std::span<const NodePtr> arguments = command.children;
  const Node& word = *arguments.front();
  switch (word.kind) {
    case NodeKind::field:
      return field_node(dot, word, arguments, final);
    case NodeKind::chain:
      return chain(dot, word, arguments, final);
    case NodeKind::identifier:
      return function(dot, word, command, arguments, final);
    case NodeKind::pipe:
      not_a_function(arguments, word, final);
      return pipeline(dot, word);
    case NodeKind::variable:
      return variable(dot, word, arguments, final);
    default:
      break;
  }
  at_ = &word;
  not_a_function(arguments, word, final);
  if (word.kind == NodeKind::dot) return dot;
  if (word.kind == NodeKind::nil) fail("nil is not a command");
  return constant(word);
}

Operand Execution::constant(const Node& node) {
  if (node.kind == NodeKind::boolean) return Operand(Value(node.truth));
  if (node.kind == NodeKind::string) return Operand(Value(node.value));
  return number(node);
}

Operand Execution::number(const Node& node) {
  at_ = &node;
  const Number& number = node.number;
  const std::string& text = node.text;
  if (number.is_complex) return Operand(complex_value(number.float64, number.imaginary));
  const bool hex = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') &&
                   text.find_first_of("pP") == std::string::npos;
  if (number.is_float && !hex && text.front() != '\'' && text.find_first_of(".eEpP") != std::string::npos)
    return Operand(Value::of_float(number.float64));
  if (!number.is_int) fail(text + " overflows int");
  return Operand(Value::of_int(number.int64));
}

Operand Execution::field_node(const Operand& dot, const Node& node, std::span<const NodePtr> arguments,
                              const Operand& final) {
  at_ = &node;
  return fields(dot, dot, node, node.names, arguments, final);
}

Operand Execution::chain(const Operand& dot, const Node& node, std::span<const NodePtr> arguments,
                         const Operand& final) {
  at_ = &node;
  const Node& start = *node.children.front();
  at_ = &start;
  const Operand value =
      start.kind == NodeKind::pipe ? pipeline(dot, start) : function(dot, start, start, {}, Operand::missing());
  return fields(dot, value, node, node.names, arguments, final);
}

Operand Execution::variable(const Operand& dot, const Node& node, std::span<const NodePtr> arguments,
                            const Operand& final) {
  at_ = &node;
  Operand value = variable_named(node.names.front());
  if (node.names.size() > 1) return fields(dot, value, node, std::span(node.names).subspan(1), arguments, final);
  not_a_function(arguments, node, final);
  return value;
}

Operand Execution::fields(const Operand& dot, Operand receiver, const Node& node, std::span<const std::string> names,
                          std::span<const NodePtr> arguments, const Operand& final) {
  for (const std::string& name : names.first(names.size() - 1))
    receiver = field(dot, name, node, {}, Operand::missing(), receiver);
  return field(dot, names.back(), node, arguments, final, receiver);
}

/// What has the methods of a value, if anything has.
const Object* Execution::named(const Value& value) {
  if (value.kind() == Kind::object) return value.object().get();
  if (value.kind() == Kind::map) return value.map()->named.get();
  if (value.kind() == Kind::list) return value.list().named.get();
  return nullptr;
}

Operand Execution::key_of(const Map& map, const std::string& name) {
  if (set_.reads_) set_.reads_->key(map, name);
  const auto found = map.entries.find(name);
  const bool boxed = map.type != MapType::string;
  if (found != map.entries.end()) return boxed ? Operand::interface(found->second) : Operand(found->second);
  if (set_.missing_ == MissingKey::nothing) return {};
  return boxed ? Operand::interface({}) : Operand(Value(""));
}

Operand Execution::field(const Operand& dot, const std::string& name, const Node& node,
                         std::span<const NodePtr> arguments, const Operand& final, const Operand& receiver) {
  if (receiver.is_nothing()) return {};
  const Value& value = receiver.value();
  if (value.is_nil()) fail(fmt::format("nil pointer evaluating {}.{}", type_name(receiver), name));
  const bool has_arguments = arguments.size() > 1 || !final.is_missing();
  if (const Object* object = named(value)) {
    if (const Function* method = object->method(name)) {
      if (!arguments.empty()) arguments = arguments.subspan(1);
      return call(dot, *method, object, {node, name, arguments, final});
    }
    if (const auto held = object->field(name)) {
      if (has_arguments) fail(name + " has arguments but cannot be invoked as function");
      return Operand(*held);
    }
    if (object->hides(name))
      fail(fmt::format("{} is an unexported field of struct type {}", name, type_name(receiver)));
  }
  if (value.kind() == Kind::map) {
    if (const Function* method = values_method(value, name)) {
      const ValuesReceiver self(value.map());
      if (!arguments.empty()) arguments = arguments.subspan(1);
      return call(dot, *method, &self, {node, name, arguments, final});
    }
    if (has_arguments) fail(name + " is not a method but has arguments");
    return key_of(*value.map(), name);
  }
  fail(fmt::format("can't evaluate field {} in type {}", name, type_name(receiver)));
}

}  // namespace gpuctl::chart
