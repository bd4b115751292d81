#include "chart/source/choose.hpp"

#include <algorithm>

#include "chart/version.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

std::optional<Version> parsed(const std::string& text) {
  try {
    return Version::parse(text);
  } catch (const VersionError&) {
    return {};
  }
}

}  // namespace

bool is_newer(const std::string& a, const std::string& b) {
  const auto x = parsed(a), y = parsed(b);
  if (!x || !y) return x.has_value() && !y.has_value();
  return compare(*x, *y) > 0;
}

std::optional<std::size_t> chosen(std::span<const std::string> versions, const std::string& wanted) {
  try {
    const VersionRange range(wanted.empty() ? "*" : wanted);
    if (const auto same = std::find(versions.begin(), versions.end(), wanted); same != versions.end())
      return static_cast<std::size_t>(same - versions.begin());
    for (std::size_t i = 0; i < versions.size(); ++i)
      if (const auto version = parsed(versions[i]); version && range.holds(*version)) return i;
    return {};
  } catch (const VersionError& error) {
    throw core::Error(core::ErrorKind::invalid, "version \"" + wanted + "\": " + error.what(), {},
                      "an exact version, or a range such as ^1.2 or >=1.2-0");
  }
}

std::optional<std::string> version_of_tag(std::string tag) {
  std::replace(tag.begin(), tag.end(), '_', '+');
  const auto version = parsed(tag);
  if (!version || version->text() != tag) return {};
  return tag;
}

std::string tag_of_version(std::string version) {
  std::replace(version.begin(), version.end(), '+', '_');
  return version;
}

bool is_exact(const std::string& wanted) {
  try {
    Version::parse(wanted);
    return true;
  } catch (const VersionError&) {
    return false;
  }
}

}  // namespace gpuctl::chart
