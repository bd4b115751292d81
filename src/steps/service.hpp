#pragma once

#include "steps/kind.hpp"
#include "steps/restart.hpp"

namespace gpuctl::steps {

/// A systemd unit that runs, starts at boot, and has read what it is to work with.
class Service {
 public:
  static constexpr std::string_view kind = "service";
  static constexpr std::string_view doc = "a systemd unit runs, is enabled, and is restarted only when it has to be";
  static Kinds stands_on();
  static Service from(core::Params& params);

  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  enum class When { needed, never };

  void plan_there(Draft& draft) const;
  void plan_running(Draft& draft) const;
  void plan_fresh(Draft& draft) const;
  void plan_enabled(Draft& draft) const;
  void plan_node(Draft& draft) const;
  Finding node_holds(const core::Facts& facts) const;
  std::string pods_note(const core::Facts& facts, bool they_stay) const;
  Cure restarted(const core::Facts& facts) const;

  Restart restart_;
  When when_ = When::needed;
  bool running_ = true;
  bool enabled_ = true;
};

}  // namespace gpuctl::steps
