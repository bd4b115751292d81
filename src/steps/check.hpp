#pragma once

#include "core/probe.hpp"
#include "steps/draft.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// A read-only command of the user's and what it has to answer. A proof: it changes nothing, so it is never a change.
class UserCheck {
 public:
  static constexpr std::string_view kind = "check";
  static constexpr std::string_view doc = "a read-only command of yours, with the exit code or text it must answer";
  static constexpr bool proof = true;
  static constexpr auto settle = std::chrono::minutes(1);
  static Kinds stands_on() { return {"driver", "apt_repository", "apt_packages", "container_runtime", "service"}; }
  static UserCheck from(core::Params& params);

  /// `ufw status, a command of yours, as root`.
  std::string title() const;
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  std::string expected() const;
  std::string shortcoming(const core::Record& answer) const;

  core::Command command_;
  std::string words_;  ///< the command as people read it
  std::string user_;
  int expect_exit_ = 0;
  std::vector<std::string> expect_text_;
  std::vector<std::string> absent_text_;
  bool wait_ = false;
};

}  // namespace gpuctl::steps
