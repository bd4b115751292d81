#include <algorithm>

#include "chart/functions/reflect.hpp"
#include "chart/functions/tables.hpp"

// What stands in for values that are empty.

namespace gpuctl::chart {

namespace {

Value or_default(Call& call) {
  return call.args.size() < 2 || is_empty(call.args[1]) ? call.args[0] : call.args[1];
}

Value empty(Call& call) {
  return Value(is_empty(call.args[0]));
}

Value coalesce(Call& call) {
  const auto found = std::find_if_not(call.args.begin(), call.args.end(), is_empty);
  return found == call.args.end() ? Value() : *found;
}

Value all(Call& call) {
  return Value(std::none_of(call.args.begin(), call.args.end(), is_empty));
}

Value any(Call& call) {
  return Value(!std::all_of(call.args.begin(), call.args.end(), is_empty));
}

Value ternary(Call& call) {
  return call.args[call.args[2].boolean() ? 0 : 1];
}

}  // namespace

std::span<const Function> default_functions() {
  static const Function functions[] = {
      {"default", {Type::any, Type::any}, true, or_default, "The second value, or the first where that is empty"},
      {"empty", {Type::any}, false, empty, "Whether it is nil, zero, or holds nothing"},
      {"coalesce", {Type::any}, true, coalesce, "The first value that is not empty"},
      {"all", {Type::any}, true, all, "Whether no value is empty"},
      {"any", {Type::any}, true, any, "Whether a value is not empty"},
      {"ternary",
       {Type::any, Type::any, Type::boolean},
       false,
       ternary,
       "The first value on true, the second on false"},
  };
  return functions;
}

}  // namespace gpuctl::chart
