#pragma once

#include "core/secret_store.hpp"
#include "kube/api.hpp"

namespace gpuctl::kube {

/// The Secrets of a cluster with their values, which Cluster never shows.
class Secrets : public core::SecretStore {
 public:
  /// Connects when it is first asked. Throws Error{invalid}: the access names no usable URL.
  Secrets(Access access, Options options) : api_(std::move(access), std::move(options)) {}

  std::string own_space() override;
  std::vector<core::SecretObject> secrets(const std::string& space, const std::string& labels) override;

 private:
  Api api_;
};

}  // namespace gpuctl::kube
