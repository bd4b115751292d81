#pragma once

#include "core/action.hpp"
#include "steps/draft.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// Debian packages at exactly the versions that are named, held there.
class AptPackages {
 public:
  static constexpr std::string_view kind = "apt_packages";
  static constexpr std::string_view doc = "Debian packages at exact versions, held against upgrades";
  static constexpr auto settle = std::chrono::seconds(30);
  static Kinds stands_on() { return {"apt_repository"}; }
  static AptPackages from(core::Params& params);

  /// `nvidia-container-toolkit 1.18.1-1 and 3 siblings, held`.
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  void plan_dpkg(Draft& draft) const;
  void plan_versions(Draft& draft) const;
  void plan_siblings(Draft& draft) const;
  void plan_hold(Draft& draft) const;

  bool is_as_wanted(const core::PackageVersion&, const core::Facts&) const;
  std::string not_offered(const core::Facts&) const;
  std::vector<std::string> come_along(const core::Facts&) const;
  std::vector<std::string> new_programs(const core::Facts&) const;
  Cure install(const core::Facts&) const;
  std::vector<Need> package_needs(const std::vector<std::string>& fields) const;

  std::vector<core::PackageVersion> packages_;
  bool hold_ = true;
  int lock_timeout_s_ = 300;
};

}  // namespace gpuctl::steps
