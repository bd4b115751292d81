#pragma once

#include <memory>
#include <vector>

#include "chart/value.hpp"

namespace gpuctl::chart {

/// The maps that a rendering has written to. One that came to hold itself would never be freed: what closes the circle
/// is taken out of it when this ends.
class ChangedMaps {
 public:
  ChangedMaps() = default;
  ChangedMaps(const ChangedMaps&) = delete;
  ChangedMaps& operator=(const ChangedMaps&) = delete;
  ~ChangedMaps();

  void add(const std::shared_ptr<Map>& map) { maps_.push_back(map); }

 private:
  std::vector<std::weak_ptr<Map>> maps_;
};

}  // namespace gpuctl::chart
