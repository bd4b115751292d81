#include "chart/values/import.hpp"

#include <fmt/core.h>

#include "chart/values/coalesce.hpp"
#include "chart/values/documents.hpp"
#include "chart/values/words.hpp"

namespace gpuctl::chart {

namespace {

using Table = std::shared_ptr<Map>;

Value pair(const std::string& child, const std::string& parent) {
  Map out;
  out.type = MapType::string;
  out.entries["child"] = Value(child);
  out.entries["parent"] = Value(parent);
  return Value(std::move(out));
}

/// The table under as many keys as the path has parts.
Table under(const std::string& path, Table table) {
  if (path == ".") return table;
  for (auto end = path.size();;) {
    const auto dot = end == 0 ? std::string::npos : path.rfind('.', end - 1);
    const auto begin = dot == std::string::npos ? 0 : dot + 1;
    auto outer = std::make_shared<Map>();
    outer->entries[path.substr(begin, end - begin)] = Value(std::move(table));
    table = std::move(outer);
    if (dot == std::string::npos) return table;
    end = dot;
  }
}

std::string member(const Value& map, const char* name) {
  const auto found = map.map()->entries.find(name);
  return go_text("%v", found == map.map()->entries.end() ? Value() : found->second);
}

void import_into(Dependency& dependency, const Table& values, const Table& imported, const Warn& warn) {
  std::vector<Value> pairs;
  for (const auto& wanted : dependency.import_values) {
    std::string child;
    std::string parent = ".";
    if (wanted.kind() == Kind::map) {
      child = member(wanted, "child");
      parent = member(wanted, "parent");
    } else if (wanted.kind() == Kind::string) {
      child = "exports." + wanted.string();
    } else {
      continue;
    }
    pairs.push_back(pair(child, parent));
    const auto table = table_at(values, dependency.name + "." + child);
    if (table)
      merge_tables(imported, under(parent, table), warn);
    else
      warn(fmt::format("ImportValues missing table chart={} table={}", dependency.name, child));
  }
  dependency.import_values = std::move(pairs);
}

}  // namespace

void import_values(Chart& chart, const Warn& warn) {
  for (auto* sub : chart.dependencies) import_values(*sub, warn);
  if (!chart.metadata->dependencies) return;
  const auto values = coalesced(chart, {}, Nulls::keep, warn);
  const auto imported = std::make_shared<Map>();
  for (auto& dependency : *chart.metadata->dependencies) import_into(dependency, values, imported, warn);
  chart.values = deep_copy(Value(values)).map();
  merge_tables(chart.values, imported, warn);
}

}  // namespace gpuctl::chart
