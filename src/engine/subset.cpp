#include "engine/subset.hpp"

#include <algorithm>

namespace gpuctl::engine {

bool is_part_of(const core::Change& fresh, const core::Change& shown) {
  const auto allowed = core::actions_of(shown);
  auto from = allowed.begin();
  for (const auto& action : core::actions_of(fresh)) {
    const auto at = std::find_if(from, allowed.end(), [&](const auto& other) { return core::equal(action, other); });
    if (at == allowed.end()) return false;
    from = at + 1;
  }
  return true;
}

bool has_later(const core::Change& change) {
  return std::ranges::any_of(change.gaps,
                             [](const core::Gap& gap) { return std::holds_alternative<core::Later>(gap.remedy); });
}

}  // namespace gpuctl::engine
