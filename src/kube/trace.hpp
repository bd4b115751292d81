#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <string>

namespace gpuctl::kube {

/// Counts what is asked of an API server, for tests and the run's record. Thread-safe.
class Trace {
 public:
  struct Counts {
    int requests = 0;
    int depth = 0;  ///< the longest chain of requests that waited for one another: round trips
    std::map<std::string, int> by_method;
  };

  /// A request is sent: how deep it stands in the chain of those whose answers were waited for before it.
  int sent(const std::string& method) {
    const std::scoped_lock lock(mutex_);
    ++counts_.requests;
    ++counts_.by_method[method];
    return counts_.depth + 1;
  }
  /// Its answer was waited for, and is here.
  void answered(int depth) {
    const std::scoped_lock lock(mutex_);
    counts_.depth = std::max(counts_.depth, depth);
  }
  Counts counts() const {
    const std::scoped_lock lock(mutex_);
    return counts_;
  }

 private:
  mutable std::mutex mutex_;
  Counts counts_;
};

}  // namespace gpuctl::kube
