#pragma once

#include <map>
#include <mutex>
#include <optional>

namespace gpuctl::util {

/// A map that several threads write to and read.
template <class Key, class Value>
class SharedMap {
 public:
  void set(const Key& key, Value value) {
    const std::scoped_lock lock(mutex_);
    map_.insert_or_assign(key, std::move(value));
  }
  std::optional<Value> find(const Key& key) const {
    const std::scoped_lock lock(mutex_);
    const auto found = map_.find(key);
    return found == map_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  mutable std::mutex mutex_;
  std::map<Key, Value> map_;
};

}  // namespace gpuctl::util
