#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/answer.hpp"
#include "core/seal.hpp"
#include "core/secret_store.hpp"

namespace gpuctl::core {

/// How a hook went.
struct HelmHookRun {
  int place = 0;  ///< among the hooks that are stored with the release
  std::int64_t started_us = 0, completed_us = 0;
  std::string phase;  ///< Succeeded, Failed, Running, Unknown
};

/// How a revision stands, to be noted in its Secret.
struct HelmNews {
  std::string status;  ///< deployed, failed, superseded, uninstalling, uninstalled, pending-install …
  std::string description;
  std::int64_t now_us = 0;
  std::vector<HelmHookRun> hooks;  ///< that ran since the last news
};

/// What the Secrets that Helm keeps releases in mean, for rooms that know no charts.
struct HelmBook {
  virtual ~HelmBook() = default;
  /// The record of a HelmReleases. Words of the seal, which keeps the values, stand for those of Secrets.
  virtual Record read(const std::vector<SecretObject>&, Seal&) const = 0;
  /// The Secret of a new revision; `content` is the release as JSON.
  virtual SecretObject revision(const std::string& content, const HelmNews&) const = 0;
  /// The same revision, as it stands now. Throws Error{failed}: the Secret holds no release that can be read.
  virtual SecretObject noted(const SecretObject&, const HelmNews&) const = 0;
  /// What a revision holds, once more under another number.
  virtual SecretObject copied(const SecretObject&, int revision, const HelmNews&) const = 0;
};

}  // namespace gpuctl::core
