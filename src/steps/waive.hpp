#pragma once

#include "core/waiver.hpp"
#include "steps/cluster.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// A known failure that is let pass while something else proves that it does no harm. It asks nothing and changes
/// nothing: the engine applies it to the step that it names.
class Waive {
 public:
  static constexpr std::string_view kind = "waive";
  static constexpr std::string_view doc = "a known failure that is let pass, with a reason, while another step passes";
  static constexpr Scope scope = Scope::cluster;
  static Kinds stands_on() { return {}; }
  static Waive from(core::Params& params);

  /// `validator while test_pod passes`.
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts&) const { return {}; }
  core::Change plan(const core::Facts&) const { return {}; }
  const core::Waiver& waiver() const { return waiver_; }

 private:
  core::Waiver waiver_;
};

}  // namespace gpuctl::steps
