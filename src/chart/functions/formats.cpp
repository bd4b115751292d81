#include "chart/functions/tables.hpp"
#include "chart/json_in.hpp"
#include "chart/json_out.hpp"
#include "chart/toml_in.hpp"
#include "chart/toml_out.hpp"
#include "chart/yaml_in.hpp"
#include "chart/yaml_out.hpp"

// YAML, JSON and TOML, in and out: Helm's, and Sprig's that Helm leaves.

namespace gpuctl::chart {

namespace {

std::string without_line_end(std::string out) {
  if (out.ends_with('\n')) out.pop_back();
  return out;
}

/// What cannot be written is the empty text.
template <class Write>
Value written_or_empty(Call& call, Write write) {
  try {
    return Value(write(call.args[0]));
  } catch (const CallError&) {
    return Value("");
  }
}

/// A map of the error alone, where the text cannot be read.
template <class Read>
Value read_or_error(Call& call, Read read) {
  try {
    return read(call.text(0));
  } catch (const std::runtime_error& error) {
    return Value(Map{MapType::any, {{"Error", Value(error.what())}}});
  }
}

template <class Read>
Value list_or_error(Call& call, Read read) {
  try {
    return read(call.text(0));
  } catch (const std::runtime_error& error) {
    return Value(List{Element::any, {Value(error.what())}});
  }
}

std::string yaml(const Value& value) {
  return without_line_end(to_yaml(value));
}
std::string pretty_yaml(const Value& value) {
  return without_line_end(to_yaml_pretty(value));
}
std::string json(const Value& value) {
  return to_json(value);
}
std::string pretty_json(const Value& value) {
  return to_json(value, {.indent = "  "});
}
std::string raw_json(const Value& value) {
  return to_json(value, {.html = false});
}

Value to_yaml_text(Call& call) {
  return written_or_empty(call, yaml);
}
Value must_to_yaml(Call& call) {
  return Value(yaml(call.args[0]));
}
Value to_yaml_pretty_text(Call& call) {
  return written_or_empty(call, pretty_yaml);
}
Value from_yaml_text(Call& call) {
  return read_or_error(call, map_from_yaml);
}
Value from_yaml_array(Call& call) {
  return list_or_error(call, list_from_yaml);
}
Value to_json_text(Call& call) {
  return written_or_empty(call, json);
}
Value must_to_json(Call& call) {
  return Value(json(call.args[0]));
}
Value to_pretty_json(Call& call) {
  return written_or_empty(call, pretty_json);
}
Value must_to_pretty_json(Call& call) {
  return Value(pretty_json(call.args[0]));
}
Value to_raw_json(Call& call) {
  return Value(raw_json(call.args[0]));
}
Value from_json_map(Call& call) {
  try {
    return map_from_json(call.text(0));
  } catch (const JsonRangeError& error) {
    error.read.map()->entries.insert_or_assign("Error", Value(error.what()));
    return error.read;
  } catch (const JsonError& error) {
    return Value(Map{MapType::any, {{"Error", Value(error.what())}}});
  }
}
Value from_json_array(Call& call) {
  return list_or_error(call, list_from_json);
}
Value must_from_json(Call& call) {
  try {
    return from_json(call.text(0));
  } catch (const JsonError& error) {
    throw CallError(error.what());
  }
}
Value from_json_text(Call& call) {
  try {
    return from_json(call.text(0));
  } catch (const JsonRangeError& error) {
    return error.read;
  } catch (const JsonError&) {
    return {};
  }
}
Value to_toml_text(Call& call) {
  if (call.args[0].is_nil()) throw CallError("reflect: call of reflect.Value.Type on zero Value");
  try {
    return Value(to_toml(call.args[0]));
  } catch (const CallError& error) {
    return Value(error.what());
  }
}
Value from_toml_text(Call& call) {
  return read_or_error(call, from_toml);
}

}  // namespace

std::span<const Function> format_functions() {
  static const Function helms[] = {
      {"toYaml", {Type::any}, false, to_yaml_text, "The value as YAML, the empty text where it has none"},
      {"mustToYaml", {Type::any}, false, must_to_yaml, "The value as YAML"},
      {"toYamlPretty", {Type::any}, false, to_yaml_pretty_text, "The value as YAML with indented lists"},
      {"fromYaml", {Type::string}, false, from_yaml_text, "The map that the YAML holds, or one of Error"},
      {"fromYamlArray", {Type::string}, false, from_yaml_array, "The list that the YAML holds, or one of the error"},
      {"toJson", {Type::any}, false, to_json_text, "The value as JSON, the empty text where it has none"},
      {"mustToJson", {Type::any}, false, must_to_json, "The value as JSON"},
      {"fromJson", {Type::string}, false, from_json_map, "The map that the JSON holds, or one of Error"},
      {"fromJsonArray", {Type::string}, false, from_json_array, "The list that the JSON holds, or one of the error"},
      {"toToml", {Type::any}, false, to_toml_text, "The value as TOML, or the error"},
      {"fromToml", {Type::string}, false, from_toml_text, "The map that the TOML holds, or one of Error"},
  };
  return helms;
}
std::span<const Function> json_functions() {
  static const Function sprigs[] = {
      {"toJson", {Type::any}, false, to_json_text, "The value as JSON, the empty text where it has none"},
      {"mustToJson", {Type::any}, false, must_to_json, "The value as JSON"},
      {"toPrettyJson", {Type::any}, false, to_pretty_json, "The value as JSON in lines"},
      {"mustToPrettyJson", {Type::any}, false, must_to_pretty_json, "The value as JSON in lines"},
      {"toRawJson", {Type::any}, false, to_raw_json, "The value as JSON, HTML's characters as they are"},
      {"mustToRawJson", {Type::any}, false, to_raw_json, "The value as JSON, HTML's characters as they are"},
      {"fromJson", {Type::string}, false, from_json_text, "What the JSON holds, nil where it is none"},
      {"mustFromJson", {Type::string}, false, must_from_json, "What the JSON holds"},
  };
  return sprigs;
}

}  // namespace gpuctl::chart
