#include "chart/eval/eval.hpp"

#include <fmt/core.h>

#include <exception>
#include <new>
#include <nlohmann/json.hpp>

#include "chart/functions/functions.hpp"
#include "chart/go/slice.hpp"
#include "chart/json_out.hpp"
#include "chart/render/error_text.hpp"
#include "chart/values/set.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

using Json = nlohmann::json;

const std::string go_name = "eval";
const std::string helm_name = "chart/templates/x.yaml";

/// With `integers` a number that is written as an integer is Go's int; else each is a float64.
Value value_of(const Json& json, bool integers) {
  switch (json.type()) {
    case Json::value_t::boolean:
      return Value(json.get<bool>());
    case Json::value_t::number_integer:
      return integers ? Value::of_int(json.get<std::int64_t>()) : Value::of_float(json.get<double>());
    case Json::value_t::number_unsigned: {
      const auto number = json.get<std::uint64_t>();
      const bool fits = number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
      return integers && fits ? Value::of_int(static_cast<std::int64_t>(number)) : Value::of_float(json.get<double>());
    }
    case Json::value_t::number_float:
      return Value::of_float(json.get<double>());
    case Json::value_t::string:
      return Value(json.get_ref<const std::string&>());
    case Json::value_t::array: {
      List list;
      for (const Json& item : json) list.items.push_back(value_of(item, integers));
      list.capacity = go::grown_capacity(list.items.size());
      return Value(std::move(list));
    }
    case Json::value_t::object: {
      Map map;
      for (const auto& [key, item] : json.items()) map.entries.emplace(key, value_of(item, integers));
      return Value(std::move(map));
    }
    default:
      return {};
  }
}

std::string as_go(const std::string& text, const Value& data, const Surroundings& world) {
  TemplateSet set(sprig_functions());
  set.add(go_name, text);
  RenderEngine engine(set, world, false);
  std::string out;
  set.execute(go_name, data, engine, out);
  return out;
}

std::string as_helm(const std::string& text, const Value& data, const Surroundings& world) {
  TemplateSet set(helm_functions(), MissingKey::zero);
  try {
    set.add(helm_name, text);
  } catch (const TemplateError& error) {
    throw CallError(parse_error_text(helm_name, error));
  }
  RenderEngine engine(set, world, false);
  std::string out;
  try {
    set.execute(helm_name, data, engine, out);
  } catch (const TemplateError& error) {
    throw CallError(execution_error_text(helm_name, error));
  }
  remove_no_value(out);
  return out;
}

std::string as_set(SetAs flag, const std::string& text, const Value& data) {
  const auto map = data.kind() == Kind::map ? data.map() : std::make_shared<Map>();
  set_into(text, map, flag);
  return to_json(Value(map));
}

std::string answer(const Json& question, const Surroundings& world) {
  const auto mode = question.value("mode", "");
  const auto text = question.value("template", "");
  const bool integers = question.value("numbers", "") == "int";
  const Value data = question.contains("data") ? value_of(question["data"], integers) : Value();
  if (mode == "go") return as_go(text, data, world);
  if (mode == "helm") return as_helm(text, data, world);
  if (mode == "set") return as_set(SetAs::typed, text, data);
  if (mode == "set-string") return as_set(SetAs::text, text, data);
  if (mode == "set-literal") return as_set(SetAs::literal, text, data);
  throw CallError(fmt::format("no such mode: \"{}\" (there are go, helm, set, set-string and set-literal)", mode));
}

}  // namespace

std::string evaluated(std::string_view line, const Surroundings& world) {
  std::string id;
  std::string text;
  const char* name = "error";
  try {
    const Json question = Json::parse(line);
    if (!question.is_object()) throw CallError("a question is an object");
    if (question.contains("id")) id = "\"id\":" + question["id"].dump() + ",";
    text = answer(question, world);
    name = "out";
  } catch (const core::Error& error) {
    text = error.message();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    text = error.what();
  }
  std::string said = fmt::format("{{{}\"{}\":", id, name);
  append_json_string(said, text, false);
  return said + "}\n";
}

}  // namespace gpuctl::chart
