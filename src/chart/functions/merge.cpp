#include "chart/functions/merge.hpp"

#include "chart/function.hpp"
#include "chart/functions/reflect.hpp"

namespace gpuctl::chart {

namespace {

constexpr int deepest = 10000;

/// mergo looks through a pointer: an object is never empty.
bool replaces(const Value* there, const Value& from, bool overwrite) {
  if (!there || is_empty(*there)) return true;
  if (from.kind() == Kind::map && there->kind() == Kind::map) return false;
  return overwrite;
}

void merge_to(Map& into, const Map& from, bool overwrite, int depth) {
  if (depth > deepest) throw CallError("maps that hold themselves cannot be merged");
  if (&into == &from) return;
  for (const auto& [key, value] : from.entries) {
    const auto at = into.entries.find(key);
    Value* there = at == into.entries.end() ? nullptr : &at->second;
    if (value.is_nil()) {
      if (overwrite) into.entries.insert_or_assign(key, value);
      continue;
    }
    if (value.kind() == Kind::map && there && there->kind() == Kind::map && !there->map()->nil)
      merge_to(*there->map(), *value.map(), overwrite, depth + 1);
    if (replaces(there, value, overwrite)) into.entries.insert_or_assign(key, value);
  }
}

}  // namespace

void merge(Map& into, const Map& from, bool overwrite) {
  if (!from.nil) into.nil = false;
  merge_to(into, from, overwrite, 0);
}

}  // namespace gpuctl::chart
