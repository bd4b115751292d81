#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "chart/release/release.hpp"

namespace gpuctl::chart::release {

/// Which releases are listed, as helm list chooses them.
struct Selection {
  std::string filter;                 ///< a regular expression that is found in the name; empty: all
  std::vector<std::string> statuses;  ///< empty: all but `unknown`
  bool by_date = false;               ///< by when it was last deployed, else by name
  bool reverse = false;
  std::size_t offset = 0;
  std::size_t max = 0;  ///< 0: all
  std::string labels;   ///< a label selector over its own labels and Helm's `name`, `owner`, `status` and `version`
};

/// The last revision of each release that is selected, in order; where superseded ones alone are asked for, all of
/// these. Throws core::Error{usage} for a filter that is no regular expression, and for labels that are no
/// selector.
std::vector<Release> selected(std::vector<Release> revisions, const Selection&);

/// The last `max` revisions, oldest first.
std::vector<Release> last_revisions(std::vector<Release> revisions, std::size_t max);

/// What a list shows of a release, without the rest: that takes megabytes.
Release outline(const Release&);

}  // namespace gpuctl::chart::release
