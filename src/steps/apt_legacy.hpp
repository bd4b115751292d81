#pragma once

#include <string>
#include <vector>

#include "steps/apt_sources.hpp"
#include "steps/draft.hpp"

namespace gpuctl::steps {

/// What older guides left behind for a repository: other lists of it (two lists with different keys make every
/// `apt-get update` fail) and its key among those that are trusted for everything.
struct AptLegacy {
  std::string list;  ///< our own, which is never legacy
  std::string fingerprint;
  AptSource source;                   ///< the repository
  std::vector<std::string> replaces;  ///< names of lists, and parts of paths, that it takes the place of

  std::vector<core::Probe> probes() const;
  /// Adds a statement for each thing found, or one that nothing was.
  void plan(Draft& draft) const;

 private:
  bool is_meant(const AptSource& other, const std::string& path, const std::string& arch) const;
  void plan_lists(Draft& draft) const;
  void plan_keys(Draft& draft) const;
  void plan_list(Draft& draft, const Need& need, const std::string& path, const std::string& text) const;
  void plan_key(Draft& draft, const Need& need, const std::string& path, const std::string& bytes) const;
};

}  // namespace gpuctl::steps
