#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <variant>

#include "chart/go/quote.hpp"
#include "chart/go/type_name.hpp"
#include "chart/template/builtins.hpp"
#include "chart/template/execution.hpp"
#include "chart/template/types.hpp"

namespace gpuctl::chart {

namespace {

/// Whether a function looks into no map that it is given, but hands it on or asks what it is.
bool hands_on(std::string_view name) {
  static constexpr std::array<std::string_view, 20> names = {
      "append", "coalesce", "default", "dict",     "empty",   "fail", "include", "kindIs", "kindOf", "list",
      "not",    "prepend",  "push",    "required", "ternary", "tpl",  "tuple",   "typeIs", "typeOf", "typeIsLike"};
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Operand Execution::function(const Operand& dot, const Node& node, const Node& command,
                            std::span<const NodePtr> arguments, const Operand& final) {
  at_ = &node;
  if (!arguments.empty()) arguments = arguments.subspan(1);
  const Invocation invocation{command, node.text, arguments, final};
  if (const Function* function = set_.functions_->find(node.text)) return call(dot, *function, nullptr, invocation);
  const Function* builtin = builtin_functions().find(node.text);
  if (!builtin) fail(go::quoted(node.text) + " is not a defined function");
  if (node.text != "and" && node.text != "or" && node.text != "call") return call(dot, *builtin, nullptr, invocation);
  check_count(*builtin, 1, invocation);
  if (node.text == "call") return call_function_value(dot, invocation);
  return short_circuit(dot, node.text == "or", invocation);
}

void Execution::check_count(const Function& function, std::size_t fixed, const Invocation& invocation) {
  const std::size_t given = invocation.arguments.size() + (invocation.final.is_missing() ? 0 : 1);
  if (function.variadic && given < fixed)
    fail(fmt::format("wrong number of args for {}: want at least {} got {}", invocation.name, fixed,
                     invocation.arguments.size()));
  if (!function.variadic && given != fixed)
    fail(fmt::format("wrong number of args for {}: want {} got {}", invocation.name, fixed, given));
}

Operand Execution::short_circuit(const Operand& dot, bool until, const Invocation& invocation) {
  Operand value;
  for (const NodePtr& node : invocation.arguments) {
    value = argument(dot, Type::value, *node);
    if (truth(value.value()) == until) return value;
  }
  return invocation.final.is_missing() ? value : invocation.final;
}

/// There is no function among our values, so that `call` always fails.
Operand Execution::call_function_value(const Operand& dot, const Invocation& invocation) {
  std::vector<Operand> values;
  for (const NodePtr& node : invocation.arguments) values.push_back(argument(dot, Type::value, *node).inside());
  if (!invocation.final.is_missing()) values.push_back(invocation.final);
  const Value& callee = values.front().value();
  at_ = &invocation.node;
  std::string why = "call of nil";
  if (!callee.is_nil()) {
    const std::string name = !invocation.arguments.empty()   ? shown(*invocation.arguments.front())
                             : callee.kind() == Kind::string ? callee.string()
                                                             : '<' + go::type_name(callee) + " Value>";
    why = fmt::format("non-function {} of type {}", name, go::type_name(callee));
  }
  fail("error calling call: " + why, std::make_shared<TemplateError>(why));
}

Operand Execution::call(const Operand& dot, const Function& function, const Object* self,
                        const Invocation& invocation) {
  const auto& types = function.params;
  const std::size_t fixed = types.size() - (function.variadic ? 1 : 0);
  check_count(function, fixed, invocation);
  std::vector<Value> values;
  values.reserve(invocation.arguments.size() + 1);
  const auto type_of = [&](std::size_t i) { return i < fixed ? types[i] : types.back(); };
  bool untyped_nil = false;
  const auto take = [&](const Operand& value, Type type) {
    // A function that takes a map calls it so, whatever it was called before.
    const bool renamed = type == Type::map && value.value().kind() == Kind::map;
    values.push_back(renamed ? Value(value.value().map()) : value.value());
    untyped_nil = value.is_nothing();
  };
  for (const NodePtr& node : invocation.arguments) {
    const Type type = type_of(values.size());
    take(argument(dot, type, *node), type);
  }
  if (!invocation.final.is_missing()) {
    const Type type = type_of(values.size());
    take(validated(invocation.final, type), type);
  }
  if (set_.reads_) read_all(function, values);
  return Operand(called(function, {values, engine_, self, untyped_nil}, invocation));
}

Value Execution::called(const Function& function, Call call, const Invocation& invocation) {
  step();
  if (set_.run_->stack.nearly_exhausted()) fail(fmt::format("exceeded maximum template depth ({})", 100000));
  const auto failed = [&](const TemplateError& cause) {
    at_ = &invocation.node;
    fail(fmt::format("error calling {}: {}", invocation.name, cause.what()), std::make_shared<TemplateError>(cause));
  };
  try {
    return function.call(call);
  } catch (const TemplateError& error) {
    failed(error);
  } catch (const SignatureError& error) {
    fail(error.what());
  } catch (const CallError& error) {
    failed(TemplateError(error.what()));
  } catch (const std::bad_variant_access&) {
    failed(TemplateError("a value is of a kind that the function does not expect"));
  } catch (const std::logic_error& error) {
    failed(TemplateError(error.what()));
  }
  return {};
}

void Execution::read_all(const Function& function, std::span<const Value> values) {
  if (hands_on(function.name)) return;
  const bool of_a_map = values.size() > 1 && values[0].kind() == Kind::map && values[1].kind() == Kind::string;
  if (of_a_map && (function.name == "index" || function.name == "get" || function.name == "hasKey"))
    return set_.reads_->key(*values[0].map(), values[1].string());
  for (const Value& value : values)
    if (value.kind() == Kind::map) set_.reads_->all(*value.map());
}

Operand Execution::argument(const Operand& dot, Type type, const Node& node) {
  at_ = &node;
  switch (node.kind) {
    case NodeKind::dot:
      return validated(dot, type);
    case NodeKind::nil:
      if (can_be_nil(type)) return Operand(zero(type));
      fail("cannot assign nil to " + type_name(type));
    case NodeKind::field:
      return validated(field_node(dot, node, {}, Operand::missing()), type);
    case NodeKind::variable:
      return validated(variable(dot, node, {}, Operand::missing()), type);
    case NodeKind::pipe:
      return validated(pipeline(dot, node), type);
    case NodeKind::identifier:
      return validated(function(dot, node, node, {}, Operand::missing()), type);
    case NodeKind::chain:
      return validated(chain(dot, node, {}, Operand::missing()), type);
    default:
      return literal(type, node);
  }
}

/// A constant where a value of the type is wanted.
Operand Execution::literal(Type type, const Node& node) {
  at_ = &node;
  const bool is_number = node.kind == NodeKind::number;
  switch (type) {
    case Type::any:
    case Type::value:
      return constant(node);
    case Type::boolean:
      if (node.kind == NodeKind::boolean) return constant(node);
      fail("expected bool; found " + shown(node));
    case Type::string:
      if (node.kind == NodeKind::string) return constant(node);
      fail("expected string; found " + shown(node));
    case Type::integer:
    case Type::int64:
    case Type::duration:
      if (!is_number || !node.number.is_int) fail("expected integer; found " + shown(node));
      return Operand(type == Type::integer ? Value::of_int(node.number.int64) : Value::of_int64(node.number.int64));
    case Type::uint32:
      if (!is_number || !node.number.is_uint) fail("expected unsigned integer; found " + shown(node));
      return Operand(Value::of(Kind::uint64, node.number.uint64 & 0xffffffff));
    case Type::float64:
      if (!is_number || !node.number.is_float) fail("expected float; found " + shown(node));
      return Operand(Value::of_float(node.number.float64));
    default:
      fail(fmt::format("can't handle {} for arg of type {}", shown(node), type_name(type)));
  }
}

Operand Execution::validated(const Operand& value, Type type) {
  if (value.is_nothing()) {
    if (can_be_nil(type)) return Operand(zero(type));
    fail("invalid value; expected " + type_name(type));
  }
  if (type == Type::value || type == Type::any) return value;
  if (!value.is_nil() && assignable(value.value(), type)) return value;
  const Operand seen = value.is_nil() ? value : value.inside();
  fail(fmt::format("wrong type for value; expected {}; got {}", type_name(type), type_name(seen)));
}

}  // namespace gpuctl::chart
