#include "chart/template/builtins.hpp"

#include "chart/go/print.hpp"
#include "chart/template/compare.hpp"
#include "chart/template/escape.hpp"
#include "chart/template/indexing.hpp"
#include "chart/template/operand.hpp"

namespace gpuctl::chart {

namespace {

Value never(Call&) {
  throw CallError("unreachable");
}

Value truth_not(Call& call) {
  return Value(!truth(call.args[0]));
}
Value eq(Call& call) {
  if (call.args.size() < 2) throw CallError("missing argument for comparison");
  for (const Value& other : call.args.subspan(1))
    if (equal(call.args[0], other)) return Value(true);
  return Value(false);
}
Value ne(Call& call) {
  return Value(!equal(call.args[0], call.args[1]));
}
Value lt(Call& call) {
  return Value(less(call.args[0], call.args[1]));
}
bool at_most(Call& call) {
  return less(call.args[0], call.args[1]) || equal(call.args[0], call.args[1]);
}
Value le(Call& call) {
  return Value(at_most(call));
}
Value gt(Call& call) {
  return Value(!at_most(call));
}
Value ge(Call& call) {
  return Value(!less(call.args[0], call.args[1]));
}

Value index(Call& call) {
  return indexed(call.args[0], call.args.subspan(1));
}
Value len(Call& call) {
  if (call.untyped_nil) throw CallError("reflect: call of reflect.Value.Type on zero Value");
  return Value::of_int(length(call.args[0]));
}

Value print(Call& call) {
  return Value(go::sprint(call.args));
}
Value println(Call& call) {
  return Value(go::sprintln(call.args));
}
Value printf(Call& call) {
  return Value(go::sprintf(call.args[0].string(), call.args.subspan(1)));
}

/// As one text; nil is what an action prints for it.
std::string together(Call& call) {
  std::vector<Value> values(call.args.begin(), call.args.end());
  for (Value& value : values)
    if (value.is_nil()) value = Value("<no value>");
  return go::sprint(values);
}
Value html(Call& call) {
  return Value(html_escaped(together(call)));
}
Value js(Call& call) {
  return Value(js_escaped(together(call)));
}
Value urlquery(Call& call) {
  return Value(query_escaped(together(call)));
}

}  // namespace

const Functions& builtin_functions() {
  using enum Type;
  static const std::vector<Function> table = {
      {"and", {value, value}, true, never, "the first of its arguments that is empty, or the last"},
      {"call", {value, value}, true, never, "calls a function that is a value, of which a chart has none"},
      {"eq", {value, value}, true, eq, "whether the first equals any of the others"},
      {"ge", {value, value}, false, ge, "whether the first is at least the second"},
      {"gt", {value, value}, false, gt, "whether the first is greater than the second"},
      {"html", {any}, true, html, "its arguments as text inside HTML"},
      {"index", {value, value}, true, index, "the element of a list, a map or a text, index after index"},
      {"js", {any}, true, js, "its arguments as text inside a JavaScript string"},
      {"le", {value, value}, false, le, "whether the first is at most the second"},
      {"len", {value}, false, len, "the length of a list, a map or a text (in bytes)"},
      {"lt", {value, value}, false, lt, "whether the first is less than the second"},
      {"ne", {value, value}, false, ne, "whether the two differ"},
      {"not", {value}, false, truth_not, "true for what is empty"},
      {"or", {value, value}, true, never, "the first of its arguments that is not empty, or the last"},
      {"print", {any}, true, print, "its arguments as text, with a space between two that are no texts"},
      {"printf", {string, any}, true, printf, "its arguments formatted as the first says"},
      {"println", {any}, true, println, "its arguments as text, with spaces between them, and the end of the line"},
      {"urlquery", {any}, true, urlquery, "its arguments as text inside the query of a URL"},
  };
  static const Functions functions = [] {
    Functions all;
    all.add(table);
    return all;
  }();
  return functions;
}

}  // namespace gpuctl::chart
