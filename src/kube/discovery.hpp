#pragma once

#include <memory>
#include <mutex>

#include "kube/api.hpp"
#include "kube/catalog.hpp"

namespace gpuctl::kube {

/// What the API server serves, asked for once and again when a kind is not in it. Thread-safe.
class Discovery {
 public:
  explicit Discovery(Api& api) : api_(api) {}

  /// Fetched when it is first wanted; whoever comes meanwhile waits for the same answer. `fresh`, if given, becomes
  /// true where it was fetched for this call. Throws as Api::all does.
  std::shared_ptr<const Catalog> catalog(bool* fresh = nullptr);
  /// Newer than `known`, unless somebody else has fetched one since.
  std::shared_ptr<const Catalog> refreshed(const std::shared_ptr<const Catalog>& known);
  /// Adds what was learnt in another way: a definition that is established and not listed yet.
  void learn(const core::Record& definition, const std::string& api_version);

 private:
  Catalog fetch();
  void fetch_older(const std::vector<std::string>& bodies, Catalog&);

  Api& api_;
  std::mutex mutex_;
  std::shared_ptr<const Catalog> catalog_;
};

}  // namespace gpuctl::kube
