#include "chart/functions/cast.hpp"
#include "chart/functions/reflect.hpp"
#include "chart/functions/tables.hpp"
#include "chart/number.hpp"

// What a value is, and numbers and texts made of values.

namespace gpuctl::chart {

namespace {

Value type_of(Call& call) {
  return Value(type_name(call.args[0]));
}
Value type_is(Call& call) {
  return Value(call.args[0].string() == type_name(call.args[1]));
}
Value type_is_like(Call& call) {
  const std::string type = type_name(call.args[1]);
  return Value(call.args[0].string() == type || "*" + call.args[0].string() == type);
}
Value kind_of(Call& call) {
  return Value(kind_name(call.args[0]));
}
Value kind_is(Call& call) {
  return Value(call.args[0].string() == kind_name(call.args[1]));
}
Value equal(Call& call) {
  return Value(deep_equal(call.args[0], call.args[1]));
}

const Function type_table[] = {
    {"typeOf", {Type::any}, false, type_of, "The Go type: map[string]interface {}"},
    {"typeIs", {Type::string, Type::any}, false, type_is, "Whether the value has the Go type"},
    {"typeIsLike", {Type::string, Type::any}, false, type_is_like, "The same, or is a pointer to the type"},
    {"kindOf", {Type::any}, false, kind_of, "The Go kind: map, slice, int, invalid for nil"},
    {"kindIs", {Type::string, Type::any}, false, kind_is, "Whether the value has the Go kind"},
    {"deepEqual", {Type::any, Type::any}, false, equal, "Whether two values are alike in type and content"},
};

Value atoi(Call& call) {
  return Value::of_int(parse_int(call.args[0].string(), 10).value);
}
Value as_int(Call& call) {
  return Value::of_int(to_int64(call.args[0]));
}
Value as_int64(Call& call) {
  return Value::of_int64(to_int64(call.args[0]));
}
Value as_float64(Call& call) {
  return Value::of_float(to_float64(call.args[0]));
}
Value to_decimal(Call& call) {
  const auto read = parse_int(show(call.args[0]), 8);
  return Value::of_int64(read.outcome == Parsed::fine ? read.value : 0);
}
Value to_string(Call& call) {
  return Value(to_text(call.args[0]));
}
Value to_strings(Call& call) {
  const auto& value = call.args[0];
  return list_of(to_texts(value), value.kind() == Kind::list ? value.list().items.size() : 0);
}

const Function conversion_table[] = {
    {"atoi", {Type::string}, false, atoi, "The text as an int, 0 where it is none"},
    {"int", {Type::any}, false, as_int, "The value as an int, 0 where it is none"},
    {"int64", {Type::any}, false, as_int64, "The value as an int64, 0 where it is none"},
    {"float64", {Type::any}, false, as_float64, "The value as a float64, 0 where it is none"},
    {"toDecimal", {Type::any}, false, to_decimal, "An octal number as an int64"},
    {"toString", {Type::any}, false, to_string, "The value as text"},
    {"toStrings", {Type::any}, false, to_strings, "Each item as text"},
};

}  // namespace

std::span<const Function> type_functions() {
  return type_table;
}
std::span<const Function> conversion_functions() {
  return conversion_table;
}

}  // namespace gpuctl::chart
