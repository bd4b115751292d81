#include "chart/render/unused.hpp"

#include <algorithm>

#include "chart/values/schema_names.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

using Table = std::shared_ptr<Map>;
using Path = std::vector<std::string>;

std::string dotted(const Path& path) {
  return util::join(path, ".");
}

class Finder {
 public:
  Finder(const Chart& chart, const Table& values, const RecordedReads& reads)
      : chart_(chart), values_(values), reads_(reads) {
    globals(chart, {});
    dependencies(chart, {});
  }

  void look(const Map& user, Path path, std::vector<UnusedValue>& out) {
    for (const auto& [key, value] : user.entries) {
      path.push_back(key);
      if (value.kind() == Kind::map && !value.map()->entries.empty())
        look(*value.map(), path, out);
      else if (!used(path))
        out.push_back({dotted(path), nearest(path)});
      path.pop_back();
    }
  }

 private:
  /// Where each chart's copy of the globals is.
  void globals(const Chart& chart, Path path) {
    path.emplace_back("global");
    globals_.push_back(path);
    path.pop_back();
    for (const auto* sub : chart.dependencies) {
      path.push_back(sub->name());
      globals(*sub, path);
      path.pop_back();
    }
  }

  /// Conditions and tags are read before any template is.
  void dependencies(const Chart& chart, const Path& path) {
    const auto prefix = path.empty() ? "" : dotted(path) + ".";
    if (chart.metadata->dependencies) {
      for (const auto& dependency : *chart.metadata->dependencies) {
        for (const auto& condition : util::split(dependency.condition, ','))
          conditions_.push_back(prefix + std::string(util::trim(condition)));
        for (const auto& tag : dependency.tags) conditions_.push_back("tags." + tag);
      }
    }
    for (const auto* sub : chart.dependencies) {
      auto below = path;
      below.push_back(sub->name());
      dependencies(*sub, below);
    }
  }

  bool used(const Path& path) const {
    if (std::find(conditions_.begin(), conditions_.end(), dotted(path)) != conditions_.end()) return true;
    if (known(chart_, path, 0)) return true;
    if (path[0] == "global")
      return std::any_of(globals_.begin(), globals_.end(), [&](Path copy) {
        copy.insert(copy.end(), path.begin() + 1, path.end());
        return read(copy);
      });
    return read(path);
  }

  /// Whether the schema of the chart, or of the one below that the path leads to, names it.
  static bool known(const Chart& chart, const Path& path, std::size_t at) {
    if (chart.schema && schema_names(*chart.schema, {path.begin() + static_cast<std::ptrdiff_t>(at), path.end()}))
      return true;
    for (const auto* sub : chart.dependencies)
      if (at + 1 < path.size() && sub->name() == path[at]) return known(*sub, path, at + 1);
    return false;
  }

  bool read(const Path& path) const {
    auto table = values_;
    for (std::size_t at = 0; at < path.size(); ++at) {
      if (reads_.reads_all(*table)) return true;
      if (at + 1 == path.size()) return reads_.reads(*table, path[at]);
      const auto found = table->entries.find(path[at]);
      if (found == table->entries.end()) return false;
      if (found->second.kind() != Kind::map) return reads_.reads(*table, path[at]);
      table = found->second.map();
    }
    return false;
  }

  std::string nearest(const Path& path) const {
    std::vector<std::string> candidates;
    Path at;
    collect(*values_, at, candidates);
    return util::nearest(dotted(path), candidates);
  }

  void collect(const Map& table, Path& path, std::vector<std::string>& out) const {
    for (const auto& [key, value] : table.entries) {
      path.push_back(key);
      const bool map = value.kind() == Kind::map;
      if (reads_.reads(table, key) && (!map || reads_.reads_all(*value.map()))) out.push_back(dotted(path));
      if (map) collect(*value.map(), path, out);
      path.pop_back();
    }
  }

  const Chart& chart_;
  const Table& values_;
  const RecordedReads& reads_;
  std::vector<Path> globals_;
  std::vector<std::string> conditions_;
};

}  // namespace

std::vector<UnusedValue> unused_values(const Chart& chart, const Map& user, const std::shared_ptr<Map>& coalesced,
                                       const RecordedReads& reads) {
  std::vector<UnusedValue> out;
  Finder(chart, coalesced, reads).look(user, {}, out);
  return out;
}

}  // namespace gpuctl::chart
