#pragma once

#include "chart/function.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

/// What mergo says by itself, and `merge` keeps to itself: its result is then an empty text.
struct MergeError : CallError {
  using CallError::CallError;
};

/// Merges `from` into `into`, as mergo does: what is there stays unless it is empty (nil, false, 0, "", nothing in it)
/// or `overwrite` is set; maps merge with maps. Parts of `from` are shared, not copied. Throws MergeError, and
/// CallError where Go would panic.
void merge(Map& into, const Map& from, bool overwrite);

}  // namespace gpuctl::chart
