#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/facts.hpp"
#include "core/kube.hpp"
#include "core/probe.hpp"

namespace gpuctl::steps {

/// A kind as a set remembers it.
struct SetKind {
  std::string api_version;
  std::string kind;
  auto operator<=>(const SetKind&) const = default;
};
using SetKinds = std::set<SetKind>;

/// The objects that one `manifests` step has made, found again by a label on each, whatever became of the manifests.
/// Its parent, a ConfigMap of kube-system, remembers their kinds. Label and annotations are those of KEP-3659, so that
/// kubectl reads it too.
class ApplySet {
 public:
  explicit ApplySet(std::string name);

  std::string name() const;  ///< as in a playbook
  core::KubeObject parent() const;
  /// Of the label `part_of` on each member.
  const std::string& id() const { return id_; }
  static const char* part_of() { return "applyset.kubernetes.io/part-of"; }

  /// The parent as it must be for members of these kinds in these namespaces.
  core::Fields parent_fields(const SetKinds&, const std::set<std::string>& namespaces) const;
  /// The kinds that the parent remembers.
  SetKinds remembered(const core::Facts&) const;
  /// The members of a kind.
  core::KubeList members(const SetKind&) const;

 private:
  std::string name_;
  std::string id_;
};

/// A name that two playbooks hardly share: the playbook's file and the paths, as an object's name.
std::string set_name(const std::string& playbook, const std::vector<std::string>& paths);

}  // namespace gpuctl::steps
