#pragma once

#include <string>
#include <vector>

#include "steps/draft.hpp"
#include "steps/helm_standing.hpp"

namespace gpuctl::steps {

/// How a release is to be changed.
struct HelmPolicy {
  bool wait = true;
  bool atomic = false;
  bool force = false;  ///< fields that others manage are taken from them
  int timeout_s = 300;
  int history_max = 10;
};

/// What the next rendering of a release is made for.
RenderFor rendered_for(const StoredRelease&, const ReleaseName&);

/// The change that makes the release what its rendering says.
core::HelmChange change_of(const Standing&, const HelmChart&, const HelmPolicy&, const core::Facts&);

/// What the Secrets will say of the release then.
core::Facts promises_of(const core::HelmChange&, const Standing&, const HelmChart&, const core::HelmReleases& asked,
                        const core::Facts&);

/// The hooks that run, for people: `pre-install Job a/b`.
std::string hook_words(const core::HelmChange&);

/// How many objects are new, changed, adopted and removed.
struct HelmCounts {
  int made = 0, changed = 0, adopted = 0, removed = 0;
  std::string words() const;
};
HelmCounts counts_of(const Standing&, const core::Facts&);

/// A wanted object against the live one, `server` being what a dry run makes of it, if it was made.
core::Diff diff_of(const Manifest&, const core::Record* live, const core::Record* server);

}  // namespace gpuctl::steps
