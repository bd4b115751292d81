#pragma once

#include "steps/cluster.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// A RuntimeClass with its handler. One that k3s or an operator owns is adopted as it is, never fought over.
class RuntimeClass {
 public:
  static constexpr std::string_view kind = "runtime_class";
  static constexpr std::string_view doc =
      "a RuntimeClass with its handler; one that somebody else owns is left as it is";
  static constexpr Scope scope = Scope::cluster;
  static Kinds stands_on() { return {"driver", "container_runtime", "service"}; }
  static RuntimeClass from(core::Params& params);

  /// `nvidia -> nvidia`.
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  core::KubeObject object() const;
  Finding found(const core::Facts&) const;
  void plan_replaced(Draft&) const;
  Cure repair(const core::Facts&) const;
  Cure create() const;

  std::string name_;
  std::string handler_;
  bool adopt_ = true;
};

}  // namespace gpuctl::steps
