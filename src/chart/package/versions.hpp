#pragma once

#include <string_view>

namespace gpuctl::chart {

/// Whether Helm takes a text for a version: `1.2.3`, `v1.2`, `1`, with a prerelease and metadata.
bool is_version(std::string_view text);

/// Whether it is one as semver.org has it: all three numbers, and no `v`.
bool is_strict_version(std::string_view text);

/// Whether a version is within a range such as `>=1.28-0`, `^1.2 || 3.x`. A wrong range or version is not.
bool in_range(std::string_view range, std::string_view version);

}  // namespace gpuctl::chart
