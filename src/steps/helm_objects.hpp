#pragma once

#include <functional>
#include <string>
#include <vector>

#include "chart/value.hpp"
#include "core/facts.hpp"
#include "core/helm.hpp"
#include "steps/manifest.hpp"

namespace gpuctl::steps {

/// Whose objects they are.
struct ReleaseName {
  std::string name, space;
  bool operator==(const ReleaseName&) const = default;
};

/// Whether the cluster's kind stands outside of namespaces; nothing: it has no such kind.
using ClusterScoped = std::function<std::optional<bool>(const std::string& api_version, const std::string& kind)>;

/// What the cluster says (KubeApis), Kubernetes' own kinds where it was not asked.
ClusterScoped scopes_in(const core::Facts&);

/// An object of a chart as fields, as Helm sends it: in the release's namespace where it names none, with Helm's label
/// and annotations of whose it is. Nulls are left out. Throws Error{invalid}: what is no object.
Manifest helm_object(const chart::Value& object, const core::Where&, const ReleaseName&, const ClusterScoped&);

/// The objects of a release's manifest, in its order; a List stands for its items. Throws Error{invalid} at the
/// template.
std::vector<Manifest> helm_objects(const std::string& manifest, const ReleaseName&, const ClusterScoped&);

/// Whose a live object is: empty when it is this release's, else why it is not.
std::string not_owned(const core::Record& live, const ReleaseName&);

/// `helm.sh/resource-policy: keep`: it stays when it leaves the chart.
bool is_kept(const core::Record& live);
bool is_kept(const core::Fields& fields);

/// Why a live object could not be looked at, so that nobody knows whether it is to be kept; empty: it was, or is
/// absent, or its kind is gone, which took its objects along.
std::string why_unseen(const core::KubeRef&, const core::Facts&);

/// Whether they are the same object, whatever the version of its group.
bool same_object(const core::KubeRef&, const core::KubeRef&);

}  // namespace gpuctl::steps
