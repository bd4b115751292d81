#pragma once

#include "steps/apt_sources.hpp"
#include "steps/draft.hpp"
#include "steps/kind.hpp"

namespace gpuctl::steps {

/// One apt repository: its key pinned, its list, nothing of the same repository beside it, its index no older than
/// both.
class AptRepository {
 public:
  static constexpr std::string_view kind = "apt_repository";
  static constexpr std::string_view doc =
      "an apt repository with a pinned key, in place of what older guides left behind";
  static Kinds stands_on() { return {}; }
  static AptRepository from(core::Params& params);

  std::string title() const { return name_; }
  std::vector<core::Probe> probes(const core::Facts& known) const;
  core::Change plan(const core::Facts& known) const;

 private:
  void plan_keyring(Draft& draft) const;
  void plan_keyring_mode(Draft& draft) const;
  void plan_list(Draft& draft) const;
  void plan_index(Draft& draft) const;

  Finding keyring_holds(const core::Facts& facts) const;
  bool needs_download(const core::Facts& facts) const;
  Cure write_keyring(const core::Facts& facts) const;
  Finding list_holds(const core::Facts& facts) const;
  std::string list_text() const;

  std::string name_;
  std::string fingerprint_;
  std::string key_url_;  ///< empty: key_ is the key
  std::string key_;      ///< binary, the pinned key alone
  AptSource source_;
  std::string keyring_;
  std::string list_;
  std::vector<std::string> replaces_;
};

}  // namespace gpuctl::steps
