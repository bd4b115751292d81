#pragma once

#include <string>
#include <vector>

#include "core/facts.hpp"
#include "steps/helm_chart.hpp"

namespace gpuctl::steps {

/// How a release stands in its Secrets.
struct StoredRelease {
  bool there = false;
  int last = 0;  ///< the number of its last revision
  std::string status, description, updated;
  std::string chart, version, content, config, origin, manifest;
  std::string trouble;  ///< why it cannot be read
  int from = 0;         ///< the revision that the cluster has objects of; 0: none
  std::string from_manifest;
  std::string from_hooks;    ///< a release as JSON with those that run when it comes back; empty where it has none
  bool client_side = false;  ///< those were applied by a client

  bool is_deployed() const { return there && status == "deployed"; }
  /// A run that made the last revision did not end.
  bool is_pending() const { return status.starts_with("pending-"); }
};

/// By the record of a HelmReleases.
StoredRelease stored_release(const core::Record&, const std::string& name);
/// The release of a chart that was given a made name: the only one of the chart, or the one that `made` names.
std::string name_of_chart(const core::Record&, const std::string& chart, const std::string& made);

/// How a release stands, and what it has to become.
struct Standing {
  ReleaseName release;
  StoredRelease stored;
  const HelmRendering* rendering = nullptr;  ///< there always
  std::string fault;                         ///< why it cannot be said what it has to become
  bool unchanged = false;
  std::vector<Manifest> wanted;  ///< of what is stored where it is unchanged, else of the rendering
  std::vector<Manifest> gone;    ///< what the cluster has of it and it has no longer
};

/// Whether the release that is stored came of this chart, these values, and what the rendering read of the cluster.
bool is_unchanged(const StoredRelease&, const HelmRendering&, const HelmChart&);

}  // namespace gpuctl::steps
