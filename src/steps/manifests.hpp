#pragma once

#include <set>

#include "core/action.hpp"
#include "steps/apply_set.hpp"
#include "steps/cluster.hpp"
#include "steps/kind.hpp"
#include "steps/manifest.hpp"

namespace gpuctl::steps {

/// Objects as files have them, applied by the server; what left the files since is deleted.
class Manifests {
 public:
  static constexpr std::string_view kind = "manifests";
  static constexpr std::string_view doc = "the objects in manifest files; those that left the files are deleted";
  static constexpr Scope scope = Scope::cluster;
  static Kinds stands_on() { return {"namespace", "manifests"}; }
  static Manifests from(core::Params& params);

  /// `operator/: 12 objects`.
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  /// A member that is no longer in the files.
  struct Left {
    core::KubeRef ref;
    std::string uid;
  };

  std::vector<core::KubeObject> namespaces() const;
  std::set<std::string> namespace_names() const;
  SetKinds kinds() const;
  core::KubeDryRun dry_run(const Manifest&) const;
  bool is_member(const core::KubeRef&) const;

  void plan_namespace(Draft&, const core::KubeObject&) const;
  void plan_object(Draft&, const Manifest&) const;
  void plan_unknown(Draft&, const Manifest&, const std::string& why) const;
  Finding object_holds(const Manifest&, const core::Facts&) const;
  Cure apply(const Manifest&, const core::Facts&) const;
  void plan_established(Draft&, const Manifest&) const;

  std::vector<Left> left(const core::Facts&, const SetKind&) const;
  void plan_parent(Draft&, const SetKinds&, const char* when = "") const;
  bool can_prune(Draft&, const core::Facts& known) const;
  void plan_pruned(Draft&, const core::Facts& known) const;
  void plan_no_prune(Draft&, const std::vector<Left>&) const;
  bool is_somebody_elses(const core::Facts& known) const;

  std::vector<std::string> paths_;
  std::vector<Manifest> objects_;
  ApplySet set_{""};
  bool set_is_named_ = false;  // by the playbook
  bool prune_ = true;
  bool force_ = false;
};

}  // namespace gpuctl::steps
