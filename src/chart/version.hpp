#pragma once

#include <compare>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::chart {

/// What the semver library that Helm uses says of a text: `invalid semantic version`.
struct VersionError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A semantic version, read as leniently as Helm does: `v1.2` is 1.2.0.
struct Version {
  std::uint64_t major = 0, minor = 0, patch = 0;
  std::string prerelease, metadata;
  std::string original;

  /// Throws VersionError.
  static Version parse(std::string_view text);
  std::string text() const;  ///< in full: `1.2.0-rc.1+b7`
};

/// Below, equal to or above 0; metadata does not count.
int compare(const Version&, const Version&);

/// A range of versions: `>=1.28-0`, `^1.2 || 3.x`, `1.2 - 1.4.5`. A prerelease is in a range alone whose part names
/// one.
class VersionRange {
 public:
  /// Throws VersionError.
  explicit VersionRange(std::string_view text);
  bool holds(const Version&) const;

 private:
  enum class Compare : std::uint8_t { equal, not_equal, greater, less, greater_equal, less_equal, tilde, caret };
  /// One comparison; `minor_open` and `patch_open` say which parts the text leaves open.
  struct Bound {
    Compare compare = Compare::equal;
    Version version;
    bool open = false, minor_open = false, patch_open = false;
  };
  struct Part {
    std::vector<Bound> bounds;
    bool prereleases = false;
  };

  static Bound bound(std::string_view text);
  static bool fits(const Bound&, const Version&);
  static bool differs(const Bound&, const Version&);
  static bool greater(const Bound&, const Version&);
  static bool at_most(const Bound&, const Version&);
  static bool tilde(const Bound&, const Version&);
  static bool caret(const Bound&, const Version&);

  std::vector<Part> parts_;
};

}  // namespace gpuctl::chart
