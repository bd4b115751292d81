#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/kube.hpp"

namespace gpuctl::kube {

/// One kind of object that an API server serves.
struct Resource {
  std::string api_version;  ///< `v1`, `apps/v1`
  std::string kind;
  std::string plural;  ///< `daemonsets`
  bool namespaced = false;
  std::vector<std::string> verbs;

  /// `/apis/apps/v1/namespaces/x/daemonsets`; all namespaces when it is empty.
  std::string collection(const std::string& space) const;
  std::string object(const core::KubeRef&) const;
};

/// Every kind that a server said it serves. A value.
class Catalog {
 public:
  void add(const Resource&);
  /// nullptr: it serves no such kind.
  const Resource* find(const std::string& api_version, const std::string& kind) const;
  /// Why a kind is not known, for people: `the cluster knows no kind ClusterPolicy of nvidia.com/v1`.
  std::string unknown(const std::string& api_version, const std::string& kind) const;
  std::size_t size() const { return kinds_.size(); }
  /// As KubeApis has them.
  core::Record record() const;

 private:
  std::map<std::pair<std::string, std::string>, Resource> kinds_;
};

/// Adds what an APIGroupDiscoveryList (apidiscovery.k8s.io/v2, v2beta1) names; false when the text is none.
bool add_aggregated(const std::string& json, Catalog&);
/// The group versions of an APIVersions or an APIGroupList, as older servers answer: `v1`, `apps/v1`.
std::vector<std::string> group_versions(const std::string& json);
/// Adds what an APIResourceList names.
void add_resources(const std::string& json, Catalog&);
/// The resource that a CustomResourceDefinition defines, from its record, for a version of its group; found is false
/// while it is not established, or does not serve that version.
bool add_defined(const core::Record& definition, const std::string& api_version, Catalog&);

/// Percent-encoded, as a part of a path or of a query.
std::string encoded(const std::string&);

}  // namespace gpuctl::kube
