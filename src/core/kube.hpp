#pragma once

#include <map>
#include <string>

#include "core/answer.hpp"
#include "core/node.hpp"

namespace gpuctl::core {

/// An object of the cluster, as manifests name it.
struct KubeRef {
  std::string api_version;  ///< `v1`, `apps/v1`
  std::string kind;
  std::string namespace_;  ///< empty: the object has none
  std::string name;
  auto operator<=>(const KubeRef&) const = default;
};

/// `DaemonSet gpu-operator/nvidia-device-plugin-daemonset`, `Node k3s-gpu-worker`.
std::string describe(const KubeRef&);

/// `apps` of `apps/v1`; empty for `v1`.
std::string group_of(const std::string& api_version);
/// Whether the group's kinds are Kubernetes' own, and not a custom resource's.
bool is_builtin_group(const std::string& group);

/// A scalar of an object: a string's own text, or the JSON text of what is none (`true`, `12`, `null`, `{}`, `[]`).
struct Leaf {
  std::string text;
  bool string = true;
  auto operator<=>(const Leaf&) const = default;
};

/// An object, flat: JSON pointer (RFC 6901) to leaf. `/metadata/labels/nvidia.com~1gpu` -> `true`. Mappings and lists
/// without members are leaves too.
using Fields = std::map<std::string, Leaf>;

/// A value that a person wrote as an object's fields. Plain scalars keep their kind.
Fields flatten(const Node&);

/// The pointer of a member: `child("/metadata/labels", "nvidia.com/gpu")`.
std::string child(const std::string& pointer, const std::string& key);
/// The other way: the key that one part of a pointer stands for.
std::string key_of(const std::string& part);

/// The same fields as an answer holds them, without the kinds of their scalars.
Record record_of(const Fields&);

/// Which of the fields that are sent the live object has otherwise: pointer -> what it has (Absent: nothing). Members
/// of a list are found by what identifies them (name, key, containerPort …) where each has it, else by their place, as
/// server-side apply does. Quantities are compared by their value: `0.5` is `500m`.
Record differing(const Fields& sent, const Record& live);

/// The live object with the fields that are sent, each at the place where the live one has it.
Record merged(const Fields& sent, const Record& live);

}  // namespace gpuctl::core
