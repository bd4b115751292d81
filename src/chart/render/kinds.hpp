#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gpuctl::chart {

/// Where a kind stands in an order: those that the order knows first, the others behind them from a to z.
struct KindPlace {
  std::size_t number = 0;
  std::string unknown;

  auto operator<=>(const KindPlace&) const = default;
};

/// In what order the objects of a release are made.
KindPlace install_place(const std::string& kind);
/// In what order they are removed. Not the other way round: Services go before what runs behind them.
KindPlace uninstall_place(const std::string& kind);

/// Puts the items in the order of their places; those of one place stay as they are to each other.
template <class Item, class PlaceOf>
void sort_by_kind(std::vector<Item>& items, const PlaceOf& place_of) {
  std::vector<std::pair<KindPlace, std::size_t>> order;
  for (std::size_t i = 0; i < items.size(); ++i) order.emplace_back(place_of(items[i]), i);
  std::sort(order.begin(), order.end());
  std::vector<Item> out;
  out.reserve(items.size());
  for (const auto& [place, i] : order) out.push_back(std::move(items[i]));
  items = std::move(out);
}

}  // namespace gpuctl::chart
