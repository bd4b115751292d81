#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "chart/package/chart.hpp"
#include "chart/template/template_set.hpp"

namespace gpuctl::chart {

/// Remembers what a rendering reads of the values.
class RecordedReads : public Reads {
 public:
  void key(const Map& map, std::string_view key) override { keys_.emplace(&map, key); }
  void all(const Map& map) override { all_.insert(&map); }

  bool reads(const Map& map, const std::string& key) const { return keys_.contains({&map, key}); }
  bool reads_all(const Map& map) const { return all_.contains(&map); }

 private:
  std::set<std::pair<const Map*, std::string>> keys_;
  std::set<const Map*> all_;
};

/// A value that a user set and that nothing looks at.
struct UnusedValue {
  std::string path;
  std::string nearest;  ///< the path that is read and spelt most like it; may be empty
};

/// The user's values that no template of the rendering read, no schema knows and no dependency hangs on.
std::vector<UnusedValue> unused_values(const Chart& chart, const Map& user, const std::shared_ptr<Map>& coalesced,
                                       const RecordedReads& reads);

}  // namespace gpuctl::chart
