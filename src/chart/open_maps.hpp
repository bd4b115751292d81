#pragma once

#include <set>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// The maps that are being written: one that holds itself is met again among them. Looked for, as encoding/json does,
/// only from a depth on that few values reach.
class OpenMaps {
 public:
  /// False: it is open already.
  bool enter(const Map& map) { return ++depth_ <= unwatched || open_.insert(&map).second; }
  void leave(const Map& map) {
    if (depth_-- > unwatched) open_.erase(&map);
  }

 private:
  static constexpr int unwatched = 1000;
  int depth_ = 0;
  std::set<const Map*> open_;
};

}  // namespace gpuctl::chart
