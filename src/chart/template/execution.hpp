#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chart/template/node.hpp"
#include "chart/template/operand.hpp"
#include "chart/template/template_set.hpp"

namespace gpuctl::chart {

/// One template that is being executed.
class Execution {
 public:
  Execution(const TemplateSet& set, const Tree& tree, Engine& engine, std::string& out, int depth = 0)
      : set_(set), tree_(tree), engine_(engine), out_(out), depth_(depth) {}

  void run(const Operand& dot);

 private:
  enum class Flow : std::uint8_t { on, broken, continued };
  struct Variable {
    std::string_view name;
    Operand value;
  };
  /// A function that is being called: by a name, with the nodes of its arguments and what the pipeline hands on.
  struct Invocation {
    const Node& node;  ///< for errors of the call itself
    std::string_view name;
    std::span<const NodePtr> arguments;
    const Operand& final;
  };

  // What writes.
  Flow walk(const Operand& dot, const Node& node);
  Flow walk_list(const Operand& dot, const Node& list);
  Flow walk_branch(const Operand& dot, const Node& node);
  Flow walk_range(const Operand& dot, const Node& node);
  template <class Each>
  bool each(const Node& node, const Operand& over, Each visit);
  Flow iteration(const Node& range, const Operand& index, const Operand& element);
  void walk_template(const Operand& dot, const Node& node);
  void print(const Node& node, const Operand& value);
  void write(std::string_view text);

  // What computes.
  Operand pipeline(const Operand& dot, const Node& pipe);
  Operand command(const Operand& dot, const Node& command, const Operand& final);
  Operand constant(const Node& node);
  Operand number(const Node& node);
  Operand field_node(const Operand& dot, const Node& node, std::span<const NodePtr> arguments, const Operand& final);
  Operand chain(const Operand& dot, const Node& node, std::span<const NodePtr> arguments, const Operand& final);
  Operand variable(const Operand& dot, const Node& node, std::span<const NodePtr> arguments, const Operand& final);
  Operand fields(const Operand& dot, Operand receiver, const Node& node, std::span<const std::string> names,
                 std::span<const NodePtr> arguments, const Operand& final);
  Operand field(const Operand& dot, const std::string& name, const Node& node, std::span<const NodePtr> arguments,
                const Operand& final, const Operand& receiver);
  Operand key_of(const Map& map, const std::string& name);

  // What calls.
  Operand function(const Operand& dot, const Node& node, const Node& command, std::span<const NodePtr> arguments,
                   const Operand& final);
  Operand call(const Operand& dot, const Function& function, const Object* self, const Invocation& invocation);
  void check_count(const Function& function, std::size_t fixed, const Invocation& invocation);
  Operand short_circuit(const Operand& dot, bool until, const Invocation& invocation);
  Operand call_function_value(const Operand& dot, const Invocation& invocation);
  Value called(const Function& function, Call call, const Invocation& invocation);
  Operand argument(const Operand& dot, Type type, const Node& node);
  Operand literal(Type type, const Node& node);
  Operand validated(const Operand& value, Type type);
  static const Object* named(const Value& value);
  void read_all(const Function& function, std::span<const Value> values);

  Operand& variable_named(std::string_view name);
  void not_a_function(std::span<const NodePtr> arguments, const Node& word, const Operand& final);
  void step();
  [[noreturn]] void fail(const std::string& why) { fail(why, {}); }
  [[noreturn]] void fail(const std::string& why, std::shared_ptr<const TemplateError> cause);

  const TemplateSet& set_;
  const Tree& tree_;
  Engine& engine_;
  std::string& out_;
  int depth_;
  const Node* at_ = nullptr;  ///< for errors
  std::vector<Variable> variables_;
};

}  // namespace gpuctl::chart
