#include "chart/package/versions.hpp"

#include "chart/version.hpp"

namespace gpuctl::chart {

bool is_strict_version(std::string_view text) {
  try {
    return Version::parse(text).text() == text;
  } catch (const VersionError&) {
    return false;
  }
}

bool is_version(std::string_view text) {
  try {
    Version::parse(text);
    return true;
  } catch (const VersionError&) {
    return false;
  }
}

bool in_range(std::string_view range, std::string_view version) {
  try {
    const auto parsed = Version::parse(version);
    return VersionRange(range).holds(parsed);
  } catch (const VersionError&) {
    return false;
  }
}

}  // namespace gpuctl::chart
