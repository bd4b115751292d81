#pragma once

#include <chrono>

#include "steps/draft.hpp"
#include "steps/helm_change.hpp"
#include "steps/helm_chart.hpp"
#include "steps/helm_standing.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// A chart, installed as Helm installs it and kept as a release that Helm goes on with.
class HelmRelease {
 public:
  static constexpr std::string_view kind = "helm_release";
  static constexpr std::string_view doc = "a Helm chart, installed and upgraded as Helm does it";
  static constexpr Scope scope = Scope::cluster;
  static constexpr std::chrono::minutes settle{10};
  static Kinds stands_on() { return {"namespace", "manifests", "helm_release"}; }
  static HelmRelease from(core::Params& params);
  /// The same without a playbook, in a namespace that is made where it is absent.
  static HelmRelease of(std::string name, std::string space, std::shared_ptr<const HelmChart> chart);

  /// `gpu-operator v25.10.1`.
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  core::HelmReleases stored() const { return {space_, name_}; }
  std::string name_in(const core::Facts&) const;
  Standing standing(const core::Facts&) const;
  core::KubeDryRun dry_run(const Manifest&) const;

  void plan_namespace(Draft&) const;
  void plan_definitions(Draft&) const;
  bool plan_stored(Draft&) const;
  bool plan_rendering(Draft&, const Standing&) const;
  bool plan_owners(Draft&, const Standing&) const;
  bool plan_refusals(Draft&, const Standing&) const;
  bool plan_gone(Draft&, const Standing&) const;
  void plan_change(Draft&, const Standing&) const;
  void plan_as_stored(Draft&, const Standing&) const;
  void plan_drift(Draft&, const Standing&, const Manifest&) const;
  void plan_ready(Draft&, const Manifest&) const;

  std::vector<core::Diff> diffs_of(const Standing&, const core::Facts&) const;

  std::string name_;  ///< empty: made from the chart's, and found again by it
  std::string space_;
  std::shared_ptr<const HelmChart> chart_;
  HelmPolicy policy_;
  bool create_namespace_ = false;
  bool take_ownership_ = false;
  bool skip_definitions_ = false;
};

}  // namespace gpuctl::steps
