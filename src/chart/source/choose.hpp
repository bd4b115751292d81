#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace gpuctl::chart {

/// Newest first; texts that are no versions last. Equal ones keep their order.
bool is_newer(const std::string& a, const std::string& b);

/// Whether a version that is wanted names one, and no range.
bool is_exact(const std::string& wanted);

/// Which of the versions, newest first, is wanted: the one of that very text, else the first in the range; an empty
/// range has all but prereleases. Throws core::Error{invalid} where `wanted` is no range.
std::optional<std::size_t> chosen(std::span<const std::string> versions, const std::string& wanted);

/// A tag of a registry as the version that it stands for, where it is one in full: `1.2.0_b7` is 1.2.0+b7.
std::optional<std::string> version_of_tag(std::string tag);
/// The tag that stands for a version.
std::string tag_of_version(std::string version);

}  // namespace gpuctl::chart
