#pragma once

#include <map>
#include <string>
#include <vector>

namespace gpuctl::core {

/// A Secret as the API server holds it, its values in the clear: for what keeps its own state in Secrets, as Helm does
/// with its releases. It goes into no fact and no record.
struct SecretObject {
  std::string space, name, type;
  std::map<std::string, std::string> labels, annotations;
  std::map<std::string, std::string> data;  ///< the bytes, without the API's base64
};

/// The Secrets of a cluster.
struct SecretStore {
  virtual ~SecretStore() = default;
  /// The namespace that the kubeconfig's context names, or `default`.
  virtual std::string own_space() = 0;
  /// Those with these labels (`owner=helm,name=x`), in all namespaces where `space` is empty; sorted by namespace and
  /// name. Throws Error: unreachable; failed, with the server's words.
  virtual std::vector<SecretObject> secrets(const std::string& space, const std::string& labels) = 0;
};

}  // namespace gpuctl::core
