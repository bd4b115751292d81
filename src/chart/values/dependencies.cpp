#include "chart/values/dependencies.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "chart/go/space.hpp"
#include "chart/package/versions.hpp"
#include "chart/values/coalesce.hpp"
#include "chart/values/import.hpp"
#include "core/error.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

using Table = std::shared_ptr<Map>;

/// The value at a path; null where there is none, or a table.
const Value* value_at(const Table& values, const std::string& path) {
  const auto dot = path.rfind('.');
  const auto table = dot == std::string::npos ? values : table_at(values, std::string_view(path).substr(0, dot));
  if (!table) return nullptr;
  const auto found = table->entries.find(std::string_view(path).substr(dot == std::string::npos ? 0 : dot + 1));
  const bool there = found != table->entries.end() && found->second.kind() != Kind::map;
  return there ? &found->second : nullptr;
}

class DependencyWalk {
 public:
  DependencyWalk(ChartTree& tree, const Warn& warn) : tree_(tree), warn_(warn) {}

  void enable(Chart& chart, const Map& values, const std::string& path) {
    if (!chart.metadata->dependencies) return;
    auto& wanted = *chart.metadata->dependencies;
    chart.depend_on(alias(chart, wanted));
    for (auto& dependency : wanted) dependency.enabled = true;
    const auto coalesced_values = coalesced(chart, values, Nulls::take_away, warn_);
    by_tags(wanted, coalesced_values);
    by_conditions(wanted, coalesced_values, path);
    std::set<std::string> disabled;
    for (const auto& dependency : wanted)
      if (!dependency.enabled) disabled.insert(dependency.name);
    auto charts = chart.dependencies;
    std::erase_if(charts, [&](const Chart* sub) { return disabled.contains(sub->name()); });
    std::erase_if(wanted, [&](const Dependency& dependency) { return disabled.contains(dependency.name); });
    for (auto* sub : charts) enable(*sub, *coalesced_values, path + sub->name() + ".");
    if (wanted.empty()) chart.metadata->dependencies.reset();
    chart.depend_on(std::move(charts));
  }

 private:
  /// The charts that Chart.yaml does not name, and those that it does, in its order, under their aliases.
  std::vector<Chart*> alias(const Chart& chart, std::vector<Dependency>& wanted) {
    std::vector<Chart*> out;
    for (auto* there : chart.dependencies)
      if (std::none_of(wanted.begin(), wanted.end(), [&](const Dependency& d) { return is_meant(*there, d); }))
        out.push_back(there);
    for (auto& dependency : wanted) {
      const auto found = std::find_if(chart.dependencies.begin(), chart.dependencies.end(),
                                      [&](const Chart* sub) { return is_meant(*sub, dependency); });
      if (found != chart.dependencies.end()) out.push_back(&copy(**found, dependency.alias));
      if (!dependency.alias.empty()) dependency.name = dependency.alias;
    }
    return out;
  }

  static bool is_meant(const Chart& chart, const Dependency& by) {
    return chart.name() == by.name && in_range(by.version, chart.metadata->version);
  }

  /// What it depends on is copied too, but nothing below: those keep the parent that they were loaded with, as in Helm.
  Chart& copy(const Chart& chart, const std::string& alias) {
    Chart& out = tree_.add(chart);
    out.metadata = std::make_shared<Metadata>(*chart.metadata);
    if (!alias.empty()) out.metadata->name = alias;
    std::vector<Chart*> below;
    for (const auto* dependency : chart.dependencies) below.push_back(&tree_.add(*dependency));
    out.depend_on(std::move(below));
    return out;
  }

  void by_tags(std::vector<Dependency>& wanted, const Table& values) const {
    const auto tags = table_at(values, "tags");
    if (!tags) return;
    for (auto& dependency : wanted) {
      bool yes = false;
      bool no = false;
      for (const auto& tag : dependency.tags) {
        const auto found = tags->entries.find(tag);
        if (found == tags->entries.end()) continue;
        if (found->second.kind() != Kind::boolean)
          warn_(fmt::format("returned non-bool value tag={} chart={}", tag, dependency.name));
        else
          (found->second.boolean() ? yes : no) = true;
      }
      dependency.enabled = yes || !no;
    }
  }

  void by_conditions(std::vector<Dependency>& wanted, const Table& values, const std::string& path) const {
    for (auto& dependency : wanted) {
      for (const auto& condition : util::split(go::trim_space(dependency.condition), ',')) {
        const auto* value = condition.empty() ? nullptr : value_at(values, path + condition);
        if (value == nullptr) continue;
        if (value->kind() == Kind::boolean) {
          dependency.enabled = value->boolean();
          break;
        }
        warn_(fmt::format("returned non-bool value path={} chart={}", condition, dependency.name));
      }
    }
  }

  ChartTree& tree_;
  const Warn& warn_;
};

}  // namespace

void process_dependencies(ChartTree& tree, const Map& user, const Warn& warn) {
  DependencyWalk(tree, warn).enable(tree.root(), user, "");
  import_values(tree.root(), warn);
}

std::vector<std::string> missing_dependencies(const Chart& chart) {
  std::vector<std::string> missing;
  if (!chart.metadata->dependencies) return missing;
  for (const auto& dependency : *chart.metadata->dependencies) {
    const bool there = std::any_of(chart.dependencies.begin(), chart.dependencies.end(),
                                   [&](const Chart* sub) { return sub->name() == dependency.name; });
    if (!there) missing.push_back(dependency.name);
  }
  return missing;
}

void check_dependencies(const Chart& chart) {
  const auto missing = missing_dependencies(chart);
  if (missing.empty()) return;
  throw core::Error(
      core::ErrorKind::invalid,
      "an error occurred while checking for chart dependencies. You may need to run `helm dependency build` "
      "to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: " +
          util::join(missing, ", "));
}

}  // namespace gpuctl::chart
