#pragma once

#include <string>
#include <string_view>

namespace gpuctl::chart {

/// A Kubernetes version as charts see it.
struct KubeVersion {
  std::string version;     ///< as the server says it: `v1.33.4-gke.1245000`
  std::string normalized;  ///< its numbers alone, what kubeVersion is held against: `v1.33.4`; may be empty
  std::string major;
  std::string minor;

  const std::string& text() const { return normalized.empty() ? version : normalized; }
};

/// Of `1.33`, `v1.33.4-gke.1`. Throws core::Error{usage} with Helm's words.
KubeVersion parse_kube_version(const std::string& text);

}  // namespace gpuctl::chart
