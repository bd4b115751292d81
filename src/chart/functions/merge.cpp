#include "chart/functions/merge.hpp"

#include <fmt/core.h>

#include "chart/functions/reflect.hpp"

namespace gpuctl::chart {

namespace {

constexpr int deepest_merge = 10000;

bool is_pointer(const Value& value) {
  return value.kind() == Kind::object && value.object()->kind() == "ptr";
}
bool is_struct(const Value& value) {
  return value.kind() == Kind::object && value.object()->kind() == "struct";
}

/// mergo looks through a pointer: an object is never empty.
bool replaces(const Value* there, const Value& from, bool overwrite) {
  if (!there || is_empty(*there)) return true;
  if (from.kind() == Kind::map && there->kind() == Kind::map) return false;
  return overwrite;
}

/// What lies in `from` goes into a map of type `into`, whose elements take all or texts alone.
void put(Map& into, const std::string& key, const Map& from, const Value& value) {
  if (into.type == MapType::string && from.type != MapType::string)
    throw CallError(fmt::format("reflect.Value.SetMapIndex: value of type {} is not assignable to type string",
                                value.kind() == Kind::list ? type_name(value) : "interface {}"));
  into.entries.insert_or_assign(key, value);
}

/// A pointer takes nothing but a pointer, or another value in its place.
void merge_to_pointer(const Value& from, bool overwrite) {
  if (from.kind() == Kind::map && from.map()->nil) return;
  if (!overwrite && !is_pointer(from)) throw MergeError("src and dst must be of same type");
}

void merge_to(Map& into, const Map& from, bool overwrite, int depth);

void merge_inner(const Value& into, const Value& from, bool overwrite, int depth) {
  if (is_pointer(into)) return merge_to_pointer(from, overwrite);
  if (into.kind() != Kind::map) return;
  if (from.kind() == Kind::map && !into.map()->nil) return merge_to(*into.map(), *from.map(), overwrite, depth);
  if (into.map()->nil && is_struct(from)) throw CallError("reflect: call of reflect.Value.IsNil on struct Value");
}

void merge_to(Map& into, const Map& from, bool overwrite, int depth) {
  if (depth > deepest_merge) throw CallError("maps that hold themselves cannot be merged");
  if (&into == &from) return;
  for (const auto& [key, value] : from.entries) {
    const auto at = into.entries.find(key);
    Value* there = at == into.entries.end() ? nullptr : &at->second;
    if (value.is_nil()) {
      if (overwrite) put(into, key, from, value);
      continue;
    }
    const bool inner = value.kind() == Kind::map || value.kind() == Kind::object;
    if (inner && there) merge_inner(*there, value, overwrite, depth + 1);
    if (value.kind() == Kind::list && there && into.type == MapType::string)
      throw CallError("reflect: call of reflect.Value.IsNil on string Value");
    if (replaces(there, value, overwrite)) put(into, key, from, value);
  }
}

}  // namespace

void merge(Map& into, const Map& from, bool overwrite) {
  if (!from.nil) into.nil = false;
  merge_to(into, from, overwrite, 0);
}

}  // namespace gpuctl::chart
