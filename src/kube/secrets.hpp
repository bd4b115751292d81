#pragma once

#include "core/secret_store.hpp"
#include "kube/api.hpp"

namespace gpuctl::kube {

/// A list of Secrets with these labels, a page at a time; all namespaces where `space` is empty.
std::string secrets_path(const std::string& space, const std::string& labels);
/// What a page may have: each Secret a MiB, and a third more in base64.
inline constexpr std::size_t most_in_secrets = std::size_t{128} << 20U;
/// Adds a page's; what asks for the next one, empty after the last. Throws Error{failed}: it is no list of objects.
std::string add_secrets(const std::string& body, std::vector<core::SecretObject>& out);

/// The Secrets of a cluster with their values, which Cluster never shows.
class Secrets : public core::SecretStore {
 public:
  /// `api` must outlive this.
  explicit Secrets(Api& api) : api_(api) {}

  std::string own_space() override;
  std::vector<core::SecretObject> secrets(const std::string& space, const std::string& labels) override;

 private:
  Api& api_;
};

}  // namespace gpuctl::kube
