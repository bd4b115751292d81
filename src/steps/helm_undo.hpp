#pragma once

#include <vector>

#include "chart/release/release.hpp"
#include "core/ports.hpp"
#include "steps/helm_objects.hpp"

namespace gpuctl::steps {

/// How a release is taken back, or away.
struct UndoPolicy {
  bool hooks = true;
  bool wait = false;
  bool force = false;  ///< fields that others manage are taken from them
  bool keep_history = false;
  bool cleanup = false;                    ///< a rollback that fails deletes what it has made anew
  std::string propagation = "Background";  ///< of an uninstall, as KubeDelete has it
  int timeout_s = 300;
  int history_max = 10;
  std::string description;  ///< empty: Helm's words
};

/// What brings a revision of a release back; 0: the one before the last. `revisions` are all of it, in any order.
/// Throws Error{failed}: there is none of the number; Error{invalid}: a stored manifest holds what is no object.
core::HelmChange rollback_of(const std::vector<chart::release::Release>& revisions, int to, const UndoPolicy&,
                             core::Observer& cluster);

/// What takes a release away, with its objects but for those that are to be kept.
core::HelmChange uninstall_of(const std::vector<chart::release::Release>& revisions, const UndoPolicy&,
                              core::Observer& cluster);

}  // namespace gpuctl::steps
