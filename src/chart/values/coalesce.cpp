#include "chart/values/coalesce.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "chart/go/quote.hpp"
#include "chart/values/documents.hpp"
#include "chart/values/words.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

using Table = std::shared_ptr<Map>;

bool is_values_table(const Value& value) {
  return value.kind() == Kind::map;
}

const Value* find(const Table& table, std::string_view key) {
  const auto found = table->entries.find(key);
  return found == table->entries.end() ? nullptr : &found->second;
}

std::string joined(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + "." + name;
}

/// Go's maps are shared when assigned, and Helm's outcome hangs on it: these are, too.
class Coalescer {
 public:
  explicit Coalescer(const Warn& warn) : warn_(warn) {}

  void chart(const Chart& chart, const Table& into, const std::string& prefix, Nulls nulls) {
    own_values(chart, into, prefix, nulls);
    for (const auto* sub : chart.dependencies) {
      const auto [found, made] = into->entries.try_emplace(sub->name(), Value(std::make_shared<Map>()));
      if (!is_values_table(found->second))
        throw core::Error(core::ErrorKind::invalid,
                          fmt::format("type mismatch on {}: {}", sub->name(), go_text("%t", found->second)));
      const auto table = found->second.map();
      const auto below = joined(prefix, chart.name());
      globals(table, into, below);
      this->chart(*sub, table, below, nulls);
    }
  }

  void tables(const Table& into, const Table& from, const std::string& prefix, Nulls nulls) {
    if (into == from) return;
    std::set<std::string> defaults;
    for (const auto& [key, value] : from->entries)
      if (!value.is_nil()) defaults.insert(key);
    for (const auto& [key, value] : into->entries)
      if (value.is_nil()) from->entries.insert_or_assign(key, Value());
    for (const auto& [key, value] : from->entries) {
      const auto* mine = find(into, key);
      if (mine == nullptr)
        into->entries.emplace(key, value);
      else if (nulls == Nulls::take_away && mine->is_nil() && defaults.contains(key))
        into->entries.erase(key);
      else if (is_values_table(value) && is_values_table(*mine))
        tables(mine->map(), value.map(), joined(prefix, key), nulls);
      else if (is_values_table(value))
        warn_(fmt::format("warning: cannot overwrite table with non table for {} ({})", joined(prefix, key),
                          go_text("%v", value)));
      else if (is_values_table(*mine) && !value.is_nil())
        warn_(fmt::format("warning: destination for {} is a table. Ignoring non-table value ({})", joined(prefix, key),
                          go_text("%v", value)));
    }
  }

 private:
  void own_values(const Chart& chart, const Table& into, const std::string& prefix, Nulls nulls) {
    const auto below = joined(prefix, chart.name());
    const auto copy = deep_copy(Value(chart.values)).map();
    for (const auto& [key, value] : copy->entries) {
      const auto* mine = find(into, key);
      if (mine == nullptr) {
        into->entries.emplace(key, value);
      } else if (mine->is_nil()) {
        if (nulls == Nulls::take_away) into->entries.erase(key);
      } else if (is_values_table(*mine) && is_values_table(value)) {
        const bool of_child = std::any_of(chart.dependencies.begin(), chart.dependencies.end(),
                                          [&](const Chart* sub) { return sub->name() == key; });
        tables(mine->map(), value.map(), joined(below, key), of_child ? Nulls::keep : nulls);
      } else if (is_values_table(*mine) && !value.is_nil()) {
        warn_(fmt::format("warning: skipped value for {}.{}: Not a table.", below, key));
      }
    }
  }

  /// The table `global` of `of`, an empty one where there is none; null, with a warning, where it is no table.
  Table global(const Table& of, const char* side) const {
    const auto* found = find(of, "global");
    if (found == nullptr) return std::make_shared<Map>();
    if (is_values_table(*found)) return found->map();
    warn_(fmt::format("warning: skipping globals because {} global is not a table.", side));
    return nullptr;
  }

  void globals(const Table& into, const Table& from, const std::string& prefix) {
    const auto mine = global(into, "destination");
    if (!mine) return;
    const auto theirs = global(from, "source");
    if (!theirs) return;
    for (const auto& [key, value] : theirs->entries) {
      const auto* there = find(mine, key);
      if (!is_values_table(value)) {
        if (there != nullptr && is_values_table(*there))
          warn_(fmt::format("key {} is table. Skipping", key));
        else
          mine->entries.insert_or_assign(key, value);
        continue;
      }
      auto copy = std::make_shared<Map>();
      copy->entries = value.map()->entries;
      if (there != nullptr && !is_values_table(*there)) {
        warn_(fmt::format("Conflict: cannot merge map onto non-map for {}. Skipping.", go::quoted(key)));
        continue;
      }
      if (there != nullptr) tables(copy, there->map(), joined(prefix, key), Nulls::keep);
      mine->entries.insert_or_assign(key, Value(copy));
    }
    into->entries.insert_or_assign("global", Value(mine));
  }

  const Warn& warn_;
};

}  // namespace

std::shared_ptr<Map> coalesced(const Chart& chart, const Map& user, Nulls nulls, const Warn& warn) {
  auto whole = std::make_shared<Map>();
  whole->entries = user.entries;
  auto out = deep_copy(Value(whole)).map();
  Coalescer(warn).chart(chart, out, "", nulls);
  return out;
}

void merge_tables(const std::shared_ptr<Map>& into, const std::shared_ptr<Map>& from, const Warn& warn) {
  Coalescer(warn).tables(into, from, "", Nulls::keep);
}

std::shared_ptr<Map> table_at(const std::shared_ptr<Map>& values, std::string_view path) {
  auto out = values;
  for (;;) {
    const auto dot = path.find('.');
    const auto* found = find(out, path.substr(0, dot));
    if (found == nullptr || !is_values_table(*found)) return nullptr;
    out = found->map();
    if (dot == std::string_view::npos) return out;
    path.remove_prefix(dot + 1);
  }
}

}  // namespace gpuctl::chart
