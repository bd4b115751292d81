#include <set>

#include "chart/engine.hpp"
#include "chart/functions/cast.hpp"
#include "chart/functions/merge.hpp"
#include "chart/functions/reflect.hpp"
#include "chart/functions/tables.hpp"
#include "chart/functions/version_object.hpp"

// Maps. `set`, `unset` and the merging functions change the map that they are given.

namespace gpuctl::chart {

namespace {

Map& map_at(const Call& call, std::size_t i) {
  return *call.args[i].map();
}

Value dict(Call& call) {
  Map map;
  for (std::size_t i = 0; i < call.args.size(); i += 2)
    map.entries.insert_or_assign(to_text(call.args[i]), i + 1 < call.args.size() ? call.args[i + 1] : Value(""));
  return Value(std::move(map));
}

Value get(Call& call) {
  const auto& entries = map_at(call, 0).entries;
  const auto at = entries.find(call.text(1));
  return at == entries.end() ? Value("") : at->second;
}

Value set(Call& call) {
  Map& map = map_at(call, 0);
  if (map.nil) throw CallError("assignment to entry in nil map");
  map.entries.insert_or_assign(call.text(1), call.args[2]);
  if (call.args[2].kind() == Kind::map || call.args[2].kind() == Kind::list) call.engine.changed(call.args[0].map());
  return call.args[0];
}

Value unset(Call& call) {
  auto& entries = map_at(call, 0).entries;
  if (const auto at = entries.find(call.text(1)); at != entries.end()) entries.erase(at);
  return call.args[0];
}

Value has_key(Call& call) {
  return Value(map_at(call, 0).entries.contains(call.text(1)));
}

Value pluck(Call& call) {
  std::vector<Value> found;
  for (const Value& map : call.args.subspan(1)) {
    const auto at = map.map()->entries.find(call.text(0));
    if (at != map.map()->entries.end()) found.push_back(at->second);
  }
  return grown_list(std::move(found));
}

// Go gives keys and values in any order, which no chart can build on; here they come sorted.
Value keys(Call& call) {
  std::vector<std::string> found;
  for (const Value& map : call.args)
    for (const auto& entry : map.map()->entries) found.push_back(entry.first);
  return grown_list(found);
}

Value values(Call& call) {
  std::vector<Value> found;
  for (const auto& entry : map_at(call, 0).entries) found.push_back(entry.second);
  return grown_list(std::move(found));
}

Value pick(Call& call) {
  const auto& entries = map_at(call, 0).entries;
  Map picked;
  for (const Value& key : call.args.subspan(1))
    if (const auto at = entries.find(key.string()); at != entries.end()) picked.entries.insert(*at);
  return Value(std::move(picked));
}

Value omit(Call& call) {
  std::set<std::string, std::less<>> left_out;
  for (const Value& key : call.args.subspan(1)) left_out.insert(key.string());
  Map rest;
  for (const auto& entry : map_at(call, 0).entries)
    if (!left_out.contains(entry.first)) rest.entries.insert(entry);
  return Value(std::move(rest));
}

template <bool overwrite>
Value must_merge(Call& call) {
  for (const Value& from : call.args.subspan(1)) merge(map_at(call, 0), *from.map(), overwrite);
  call.engine.changed(call.args[0].map());
  return call.args[0];
}
template <bool overwrite>
Value merge_or_nothing(Call& call) {
  try {
    return must_merge<overwrite>(call);
  } catch (const MergeError&) {
    return Value("");
  }
}

constexpr int deepest_copy = 10000;

Value copied(const Value& value, int depth) {
  if (depth > deepest_copy) throw CallError("a value that holds itself cannot be copied");
  if (value.kind() == Kind::map) {
    const auto copy = std::make_shared<Map>(Map{value.map()->type, {}, value.map()->nil});
    for (const auto& [key, held] : value.map()->entries) copy->entries.emplace(key, copied(held, depth + 1));
    return value.map_type() == MapType::values ? Value::of_values(copy) : Value(copy);
  }
  if (value.kind() == Kind::list) {
    List copy{value.list().element, {}, value.list().nil, value.list().capacity};
    for (const Value& item : value.list().items) copy.items.push_back(copied(item, depth + 1));
    return Value(std::move(copy));
  }
  // What copies structs does not see into a version, and leaves it as it began.
  const bool version = value.kind() == Kind::object && value.object()->type() == "*semver.Version";
  return version ? empty_version() : value;
}

Value deep_copy(Call& call) {
  if (call.args[0].is_nil()) throw CallError("reflect: call of reflect.Value.Type on zero Value");
  return copied(call.args[0], 0);
}

CallError not_a(const Value& value, const char* wanted) {
  const std::string is = value.is_nil() ? "nil" : type_name(value);
  return CallError("interface conversion: interface {} is " + is + ", not " + wanted);
}

const Map& plain_map(const Value& value) {
  if (value.kind() != Kind::map || value.map_type() != MapType::any) throw not_a(value, "map[string]interface {}");
  return *value.map();
}

Value dig(Call& call) {
  if (call.args.size() < 3) throw CallError("dig needs at least three arguments");
  const auto path = call.args.first(call.args.size() - 2);
  const Value& otherwise = call.args[call.args.size() - 2];
  Value at = call.args.back();
  plain_map(at);
  for (const Value& key : path)
    if (key.kind() != Kind::string) throw not_a(key, "string");
  for (const Value& key : path) {
    const auto& entries = plain_map(at).entries;
    const auto found = entries.find(key.string());
    if (found == entries.end()) return otherwise;
    at = Value(found->second);
  }
  return at;
}

}  // namespace

std::span<const Function> dict_functions() {
  static const Function functions[] = {
      {"dict", {Type::any}, true, dict, "A map of keys and values that alternate"},
      {"get", {Type::map, Type::string}, false, get, "The key's value, the empty text without one"},
      {"set", {Type::map, Type::string, Type::any}, false, set, "The map itself, with the key set"},
      {"unset", {Type::map, Type::string}, false, unset, "The map itself, without the key"},
      {"hasKey", {Type::map, Type::string}, false, has_key, "Whether the map has the key"},
      {"pluck", {Type::string, Type::map}, true, pluck, "The key's value in each map that has it"},
      {"keys", {Type::map}, true, keys, "The keys of all maps"},
      {"values", {Type::map}, false, values, "The values of the map"},
      {"pick", {Type::map, Type::string}, true, pick, "A new map of the given keys alone"},
      {"omit", {Type::map, Type::string}, true, omit, "A new map without the given keys"},
      {"merge", {Type::map, Type::map}, true, merge_or_nothing<false>, "The others merged into the first, which wins"},
      {"mustMerge", {Type::map, Type::map}, true, must_merge<false>, "The others merged into the first, which wins"},
      {"mergeOverwrite",
       {Type::map, Type::map},
       true,
       merge_or_nothing<true>,
       "The others merged into the first, the last wins"},
      {"mustMergeOverwrite",
       {Type::map, Type::map},
       true,
       must_merge<true>,
       "The others merged into the first, the last wins"},
      {"deepCopy", {Type::any}, false, deep_copy, "A copy that shares nothing"},
      {"mustDeepCopy", {Type::any}, false, deep_copy, "A copy that shares nothing"},
      {"dig", {Type::any}, true, dig, "The value at a path of keys, or the default before the map"},
  };
  return functions;
}

}  // namespace gpuctl::chart
