#pragma once

#include "chart/value.hpp"

namespace gpuctl::chart {

/// Merges `from` into `into`, as mergo does: what is there stays unless it is empty (nil, false, 0, "", nothing in it)
/// or `overwrite` is set; maps merge with maps. Parts of `from` are shared, not copied.
void merge(Map& into, const Map& from, bool overwrite);

}  // namespace gpuctl::chart
