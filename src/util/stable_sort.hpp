#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace gpuctl::util {

/// Sorts; what is neither before the other stays as it is. (std::stable_sort of libstdc++ 12 leans on what C++17
/// deprecates, and clang says so.)
template <class Item, class Less>
void stable_sort(std::vector<Item>& items, const Less& less) {
  std::vector<std::size_t> order(items.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (less(items[a], items[b])) return true;
    return !less(items[b], items[a]) && a < b;
  });
  std::vector<Item> out;
  out.reserve(items.size());
  for (const auto i : order) out.push_back(std::move(items[i]));
  items = std::move(out);
}

}  // namespace gpuctl::util
