#include "chart/template/values_methods.hpp"

#include "chart/go/quote.hpp"
#include "chart/yaml_out.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

const std::shared_ptr<Map>& receiver(const Call& call) {
  return static_cast<const ValuesReceiver*>(call.self)->map();
}

[[noreturn]] void lacks(const std::string& name, const char* what) {
  throw CallError(go::quoted(name) + " is not a " + what);
}

/// The map at a path; null at the first name that leads to none, which `missing` tells.
std::shared_ptr<Map> table(std::shared_ptr<Map> at, const std::vector<std::string>& path, std::string& missing) {
  for (const auto& name : path) {
    const auto found = at->entries.find(name);
    if (found == at->entries.end() || found->second.kind() != Kind::map ||
        found->second.map()->type == MapType::string || found->second.map()->named) {
      missing = name;
      return nullptr;
    }
    at = found->second.map();
  }
  return at;
}

Value as_map_method(Call& call) {
  return Value(receiver(call));
}

Value yaml(Call& call) {
  return Value(to_yaml(Value(receiver(call))));
}

Value table_method(Call& call) {
  std::string missing;
  const auto found = table(receiver(call), util::split(call.args[0].string(), '.'), missing);
  if (!found) lacks(missing, "table");
  return Value::of_values(found);
}

Value path_value(Call& call) {
  const std::string& path = call.args[0].string();
  if (path.empty()) throw CallError("YAML path cannot be empty");
  auto names = util::split(path, '.');
  const std::string last = names.back();
  names.pop_back();
  std::string missing;
  const auto found = table(receiver(call), names, missing);
  if (!found) lacks(last, "value");
  const auto held = found->entries.find(last);
  // Only a map of no name of its own is a table here.
  if (held == found->entries.end() ||
      (held->second.kind() == Kind::map && held->second.map_type() == MapType::any && !held->second.map()->named))
    lacks(last, "value");
  return held->second;
}

const Function methods[] = {
    {"AsMap", {}, false, as_map_method, "The same as a map of no name"},
    {"PathValue", {Type::string}, false, path_value, "The value at a path of names with dots between"},
    {"Table", {Type::string}, false, table_method, "The map at a path of names with dots between"},
    {"YAML", {}, false, yaml, "The values as YAML"},
};

}  // namespace

const Function* values_method(const Value& map, std::string_view name) {
  if (map.map_type() != MapType::values) return nullptr;
  for (const auto& method : methods)
    if (method.name == name) return &method;
  return nullptr;
}

}  // namespace gpuctl::chart
