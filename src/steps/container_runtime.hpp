#pragma once

#include "steps/draft.hpp"
#include "steps/kind.hpp"
#include "steps/restart.hpp"

namespace gpuctl::steps {

/// The NVIDIA handler in the configuration that this node's containerd or CRI-O really uses.
///
/// k3s and RKE2 look for the runtime at their start and write their own configuration; they never read /etc/containerd.
/// There a restart closes the gap, which is `service`'s to do. Elsewhere nvidia-ctk writes it, for containerd after
/// what it would write was looked at (nvidia_ctk.hpp, crio.hpp).
class ContainerRuntime {
 public:
  static constexpr std::string_view kind = "container_runtime";
  static constexpr std::string_view doc =
      "the nvidia handler is in the configuration that the node's containerd or CRI-O really uses";
  static constexpr auto settle = std::chrono::seconds(30);
  static Kinds stands_on() { return {"apt_packages"}; }
  static ContainerRuntime from(core::Params& params);

  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  std::vector<const KnownUnit*> candidates() const;
  const KnownUnit* target(const core::Facts& known) const;
  std::vector<core::Probe> probes_of(const KnownUnit&, const core::Facts& known) const;

  bool plan_target(Draft&) const;
  bool plan_binary(Draft&, const KnownUnit&) const;
  void plan_detected(Draft&, const KnownUnit&) const;
  void plan_drop_in(Draft&) const;
  void plan_configured(Draft&, const KnownUnit&) const;
  void plan_crio(Draft&, const KnownUnit&) const;
  void plan_default(Draft&, const KnownUnit&) const;
  void plan_read(Draft&, const KnownUnit&) const;
  Finding handler_holds(const KnownUnit&, const core::Facts&) const;
  Finding default_holds(const core::Handlers& handlers, const core::Facts&) const;

  bool crio_ = false;     ///< instead of containerd
  std::string platform_;  ///< detect, k3s, rke2, containerd
  std::string handler_;
  std::string drop_in_;  ///< empty: nvidia-ctk's own
  bool set_as_default_ = false;
};

}  // namespace gpuctl::steps
