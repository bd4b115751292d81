#pragma once

#include <optional>

#include "core/host.hpp"
#include "steps/draft.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// The driver and its GPUs as they must be. Only checks: gpuctl never changes a driver.
class Driver {
 public:
  static constexpr std::string_view kind = "driver";
  static constexpr std::string_view doc =
      "the driver's version, its GPUs, persistence and kernel parameters (only checked)";
  static Kinds stands_on() { return {}; }
  static Driver from(core::Params& params);

  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  void plan_version(Draft&) const;
  bool plan_nvidia_smi(Draft&) const;
  void plan_gpus(Draft&) const;
  void plan_persistence(Draft&) const;
  void plan_parameters(Draft&) const;

  std::string version_;   ///< exactly; empty: any
  std::string at_least_;  ///< or this and newer; empty: any
  bool persistence_ = false;
  std::vector<std::string> parameters_;
  std::optional<core::ExpectedGpus> gpus_;
};

}  // namespace gpuctl::steps
