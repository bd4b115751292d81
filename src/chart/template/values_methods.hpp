#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "chart/function.hpp"

namespace gpuctl::chart {

/// The map that a method of Helm's own map type is called on.
class ValuesReceiver : public Object {
 public:
  explicit ValuesReceiver(std::shared_ptr<Map> map) : map_(std::move(map)) {}
  std::string type() const override { return "common.Values"; }
  std::string kind() const override { return "map"; }
  std::string text() const override { return "map[]"; }
  const std::shared_ptr<Map>& map() const { return map_; }

 private:
  std::shared_ptr<Map> map_;
};

/// What `.Values` and `.` can do besides holding keys; null for a map of another type, or another name. Its Call names
/// a ValuesReceiver.
const Function* values_method(const Value& map, std::string_view name);

}  // namespace gpuctl::chart
