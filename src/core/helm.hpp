#pragma once

#include <string>
#include <vector>

#include "core/kube.hpp"
#include "core/kube_action.hpp"

namespace gpuctl::core {

/// Whom Helm applies a release's objects as. It forces no conflict, so whoever works on its releases has to be `helm`.
inline constexpr const char* helm_manager = "helm";

/// An object that a chart has for a moment in its release's life.
struct HelmHook {
  KubeRef object;
  Fields fields;
  int place = 0;                             ///< among the hooks that are stored with the release, from 0
  std::vector<std::string> delete_policies;  ///< none: before-hook-creation
  bool operator==(const HelmHook&) const = default;
};

/// One change of a release: its Secret, hooks and objects in Helm's order. A change that fails is noted as failed in
/// the release's Secret; one that is killed leaves it pending.
struct HelmChange {
  std::string what;  ///< install, upgrade, rollback, uninstall
  std::string name, namespace_;
  int revision = 1;       ///< that is made; of an uninstall the last
  bool replaces = false;  ///< its Secret is there: a run that did not end has left it
  int from = 0;           ///< the revision that the cluster has objects of, which becomes superseded; 0: none
  std::string content;    ///< the release as JSON, a word of Seal's; empty where it is a copy
  int copy_of = 0;        ///< of a rollback the revision that comes back
  std::string origin;     ///< what it was rendered from, a digest; goes into an annotation of the Secret
  std::string description;
  std::vector<HelmHook> before;
  std::vector<KubeApply> objects;  ///< in the order of installing
  std::vector<KubeDelete> gone;    ///< in the order of deleting
  std::vector<HelmHook> after;
  bool migrate = false;          ///< the objects were applied by a client: who manages their fields is rewritten first
  bool wait = false;             ///< until the objects are ready, or gone, before the hooks that come after
  int timeout_s = 300;           ///< for each wait: the objects', and each hook's
  int history_max = 10;          ///< revisions that are kept; 0: all
  bool keep_history = false;     ///< of an uninstall
  std::vector<KubeDelete> made;  ///< what it makes anew and what goes again when it fails
  std::vector<HelmChange> if_it_fails;  ///< none, or what brings back what was there before
  bool operator==(const HelmChange&) const = default;
};

/// The name under which the origin is an annotation of a release's Secret.
inline constexpr const char* origin_annotation = "gpuctl/rendered-from";

}  // namespace gpuctl::core
