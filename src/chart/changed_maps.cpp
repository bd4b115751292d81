#include "chart/changed_maps.hpp"

#include <set>
#include <utility>

namespace gpuctl::chart {

namespace {

using Entries = std::map<std::string, Value, std::less<>>;

/// A map or list on the way from where the search began, and which of its values is next.
struct Open {
  Map* map = nullptr;
  const List* list = nullptr;
  Entries::iterator entry = {};
  std::size_t item = 0;
};

/// Walks what can be reached, each map once, and drops the entries that lead back to a map it is in.
class Walk {
 public:
  void from(Map& map) {
    enter(map);
    while (!way_.empty()) step();
  }

 private:
  void enter(Map& map) {
    if (!seen_.insert(&map).second) return;
    on_way_.insert(&map);
    Open open;
    open.map = &map;
    open.entry = map.entries.begin();
    way_.push_back(open);
  }

  void step() {
    Open& last = way_.back();
    if (last.map) {
      if (last.entry == last.map->entries.end()) {
        on_way_.erase(last.map);
        return way_.pop_back();
      }
      return visit(last.entry++->second);
    }
    if (last.item == last.list->items.size()) return way_.pop_back();
    visit(last.list->items[last.item++]);
  }

  void visit(const Value& value) {
    if (value.kind() == Kind::map && value.map()) {
      if (on_way_.contains(value.map().get())) return drop();
      enter(*value.map());
    } else if (value.kind() == Kind::list) {
      Open open;
      open.list = &value.list();
      way_.push_back(open);
    }
  }

  /// What leads back may be a list's, which nothing changes: the entry goes in which the list lies.
  void drop() {
    while (way_.back().list) way_.pop_back();
    Open& last = way_.back();
    dropped_.push_back(std::move(std::prev(last.entry)->second));
    last.map->entries.erase(std::prev(last.entry));
  }

  std::vector<Open> way_;
  std::set<const Map*> seen_, on_way_;
  std::vector<Value> dropped_;  ///< until the walk is over, so that nothing it stands on is freed
};

}  // namespace

ChangedMaps::~ChangedMaps() {
  Walk walk;
  for (const auto& map : maps_)
    if (const auto alive = map.lock()) walk.from(*alive);
}

}  // namespace gpuctl::chart
