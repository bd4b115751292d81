#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/facts.hpp"
#include "core/host.hpp"
#include "steps/draft.hpp"

namespace gpuctl::steps {

// Small questions to objects of the cluster, as their records have them.

/// What gpuctl writes as: the whole of an object, and labels of objects that others made. Two names, because an apply
/// takes away what the same manager sent before and sends no longer.
inline constexpr const char* manager = "gpuctl";
inline constexpr const char* label_manager = "gpuctl-labels";

/// A host's name in the cluster.
std::string node_of(const core::Host&);
core::KubeObject node_object(const std::string& node);
/// The node's Lease, which its kubelet renews every ten seconds.
core::KubeObject node_lease(const std::string& node);
/// The pods that run on a node.
core::KubeList pods_on(const std::string& node);
/// The pods of a namespace, only those with a label where `labels` says so.
core::KubeList pods_in(const std::string& name, const std::string& labels = {});

/// What went wrong with an object, as its controller has noted it beside it.
core::KubeList warnings_about(const core::KubeRef&);
/// The newest of them; empty: there is none.
std::string newest_warning(const core::Facts&, const core::KubeList&);

/// apiVersion, kind and metadata: what every object that is sent begins with.
core::Fields begin_object(const core::KubeRef&);
/// The pointer of a label.
std::string label_at(const std::string& key);
std::string annotation_at(const std::string& key);

struct Condition {
  std::string status;  ///< True, False or Unknown
  std::string reason;
  std::string message;
  bool is_true() const { return status == "True"; }
};
/// One of /status/conditions.
std::optional<Condition> condition(const core::Record& object, std::string_view type);
/// `reason: message`, or one of them.
std::string because_of(const Condition&);

/// The object's status, which is not known while an earlier step changes the object.
Need status_of(const core::KubeObject&);
/// A node's conditions, which are not known across a restart of its kubelet.
Need conditions_of(const core::KubeObject&, const core::Facts&);

/// Who an object belongs to: `k3s (Addon runtimes)`, `ClusterPolicy cluster-policy`, `Helm (release gpu-operator)`, or
/// the field manager that wrote it; empty: gpuctl, or nobody.
std::string owner_of(const core::Record& object);

/// The pods of a list that do not run, with the reason, three of them; empty: all run.
std::string troubled(const core::Facts&, const core::KubeList&);

/// What a statement hangs on that controllers make true: while it does not hold, on the pods too. Where an earlier step
/// changes what pods there are, it is known after that step and no failure.
std::vector<Need> made_by_controllers(std::vector<Need> needs, bool holds, const core::Facts&,
                                      const core::KubeList& pods);

/// Adds a statement only when the node is not in the cluster; whether it is.
bool has_node(Draft&, const std::string& node);

/// `a, b, c and 2 more`.
std::string some_of(const std::vector<std::string>&, std::size_t most = 3);

}  // namespace gpuctl::steps
