#include "chart/engine.hpp"

#include "chart/functions/tables.hpp"

// What asks the rendering that it runs in, and what ends it.

namespace gpuctl::chart {

namespace {

Value include(Call& call) {
  return Value(call.engine.include(call.text(0), call.args[1]));
}
Value tpl(Call& call) {
  return Value(call.engine.tpl(call.text(0), call.args[1]));
}
Value lookup(Call& call) {
  return call.engine.lookup(call.text(0), call.text(1), call.text(2), call.text(3));
}

/// Helm's error output cuts the words out between these marks.
CallError marked(const std::string& words) {
  return CallError("HELM_ERR_START" + words + "HELM_ERR_END");
}

Value required(Call& call) {
  const Value& value = call.args[1];
  const bool missing = value.is_nil() || (value.kind() == Kind::string && value.string().empty());
  if (!missing) return value;
  if (call.engine.lints()) return Value("");
  throw marked(call.text(0));
}

Value fail(Call& call) {
  if (call.engine.lints()) return Value("");
  throw marked(call.text(0));
}

Value plain_fail(Call& call) {
  throw CallError(call.text(0));
}

/// Names are not asked for while a chart is rendered.
Value no_host(Call&) {
  return Value("");
}

}  // namespace

std::span<const Function> engine_functions() {
  static const Function helms[] = {
      {"include", {Type::string, Type::any}, false, include, "The named template, executed over a value"},
      {"tpl", {Type::string, Type::any}, false, tpl, "A text as a template, executed over a value"},
      {"required", {Type::string, Type::any}, false, required, "The value; an error where it is nil or the empty text"},
      {"lookup",
       {Type::string, Type::string, Type::string, Type::string},
       false,
       lookup,
       "An object of the cluster, or a list of them"},
      {"fail", {Type::string}, false, fail, "An error of the given words"},
      {"getHostByName", {Type::string}, false, no_host, "The empty text: no name is asked for"},
  };
  return helms;
}
std::span<const Function> flow_functions() {
  static const Function plain[] = {
      {"fail", {Type::string}, false, plain_fail, "An error of the given words"},
      {"getHostByName", {Type::string}, false, no_host, "The empty text: no name is asked for"},
  };
  return plain;
}

}  // namespace gpuctl::chart
