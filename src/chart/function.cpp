#include "chart/function.hpp"

#include <algorithm>

namespace gpuctl::chart {

const std::string& Call::text(std::size_t i) const {
  return args[i].string();
}

namespace {

bool before(const Function* function, std::string_view name) {
  return function->name < name;
}

}  // namespace

void Functions::add(std::span<const Function> table) {
  for (const Function& function : table) {
    const auto at = std::lower_bound(by_name_.begin(), by_name_.end(), function.name, before);
    if (at != by_name_.end() && (*at)->name == function.name)
      *at = &function;
    else
      by_name_.insert(at, &function);
  }
}

void Functions::remove(std::string_view name) {
  const auto at = std::lower_bound(by_name_.begin(), by_name_.end(), name, before);
  if (at != by_name_.end() && (*at)->name == name) by_name_.erase(at);
}

const Function* Functions::find(std::string_view name) const {
  const auto at = std::lower_bound(by_name_.begin(), by_name_.end(), name, before);
  return at != by_name_.end() && (*at)->name == name ? *at : nullptr;
}

}  // namespace gpuctl::chart
