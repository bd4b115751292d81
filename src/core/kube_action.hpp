#pragma once

#include <string>

#include "core/kube.hpp"

namespace gpuctl::core {

/// Server-side apply with strict field validation. A conflict with another field manager is an error, unless forced.
struct KubeApply {
  KubeRef object;
  Fields fields;  ///< the whole of what is sent, with apiVersion, kind and metadata
  std::string manager = "gpuctl";
  bool force = false;
  bool operator==(const KubeApply&) const = default;
};

/// Deletes an object; an absent one is fine.
struct KubeDelete {
  KubeRef object;
  std::string uid;                         ///< only the object with this uid; empty: any
  std::string propagation = "Background";  ///< what it owns: is deleted after it (Background), before (Foreground), or
                                           ///< stays (Orphan)
  bool operator==(const KubeDelete&) const = default;
};

/// Adds a taint to a node, or takes it away, and leaves the node's other taints: the API has them as one list.
struct KubeTaint {
  std::string node;
  std::string key;
  std::string value;
  std::string effect;  ///< NoSchedule, PreferNoSchedule, NoExecute
  bool remove = false;
  bool operator==(const KubeTaint&) const = default;
};

}  // namespace gpuctl::core
