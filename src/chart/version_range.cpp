#include <re2/re2.h>

#include "chart/functions/split.hpp"
#include "chart/version.hpp"

namespace gpuctl::chart {

namespace {

/// The grammar of ranges, which is one of regular expressions: that leaves it its oddities.
struct Grammar {
  static std::string version() {
    const std::string segment = "[0-9|xX*]+", words = R"([0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*)";
    return "v?" + segment + R"((?:\.)" + segment + R"()?(?:\.)" + segment + ")?(?:-" + words + R"()?(?:\+)" + words +
           ")?";
  }
  static std::string comparison() { return R"((?:=||!=|>|<|>=|=>|<=|=<|~|~>|\^))"; }
  static std::string bound() { return comparison() + R"(\s*)" + version(); }

  RE2 between{"(" + std::string(R"(\s*()") + version() + R"()\s+-\s+()" + version() + R"()\s*))"};
  RE2 whole{R"(\s*)" + bound() + R"(\s*(?:(?:\s+|,\s*))" + bound() + R"(\s*)*)"};
  RE2 next{"(" + bound() + ")"};
  RE2 parts{R"(\s*()" + comparison() +
            R"()\s*(v?([0-9|xX*]+)(?:\.([0-9|xX*]+))?(?:\.([0-9|xX*]+))?)"
            R"((-[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*)?(?:\+[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*)?)\s*)"};
};

const Grammar& grammar() {
  static const Grammar one;
  return one;
}

/// `1.2 - 1.4.5` as `>= 1.2, <= 1.4.5 `.
std::string without_between(const std::string& text) {
  re2::StringPiece rest(text);
  std::string whole, from, to, out = text;
  while (RE2::FindAndConsume(&rest, grammar().between, &whole, &from, &to)) {
    const auto at = out.find(whole);
    if (at != std::string::npos) out.replace(at, whole.size(), ">= " + from + ", <= " + to + " ");
  }
  return out;
}

bool is_open(const std::string& segment) {
  return segment.empty() || segment == "x" || segment == "X" || segment == "*";
}

}  // namespace

VersionRange::VersionRange(std::string_view text) {
  for (const std::string& alternative : split_n(without_between(std::string(text)), "||", -1)) {
    if (!RE2::FullMatch(alternative, grammar().whole)) throw VersionError("improper constraint: " + alternative);
    Part part;
    re2::StringPiece rest(alternative);
    std::string found;
    while (RE2::FindAndConsume(&rest, grammar().next, &found)) {
      part.bounds.push_back(bound(found));
      if (!part.bounds.back().version.prerelease.empty()) part.prereleases = true;
    }
    parts_.push_back(std::move(part));
  }
}

VersionRange::Bound VersionRange::bound(std::string_view text) {
  std::string sign, whole, major, minor, patch, prerelease;
  const re2::StringPiece piece(text.data(), text.size());
  if (!RE2::FullMatch(piece, grammar().parts, &sign, &whole, &major, &minor, &patch, &prerelease))
    throw VersionError("improper constraint: " + std::string(text));
  Bound bound;
  std::string version = whole;
  if (is_open(major)) {
    bound.open = true;
    version = "0.0.0" + prerelease;
  } else if (is_open(minor)) {
    bound.open = bound.minor_open = true;
    version = major + ".0.0" + prerelease;
  } else if (is_open(patch)) {
    bound.open = bound.patch_open = true;
    version = major + "." + minor + ".0" + prerelease;
  }
  try {
    bound.version = Version::parse(version);
  } catch (const VersionError&) {
    throw VersionError("constraint parser error");
  }
  constexpr std::pair<std::string_view, Compare> signs[] = {
      {"!=", Compare::not_equal},     {">", Compare::greater},        {"<", Compare::less},
      {">=", Compare::greater_equal}, {"=>", Compare::greater_equal}, {"<=", Compare::less_equal},
      {"=<", Compare::less_equal},    {"~", Compare::tilde},          {"~>", Compare::tilde},
      {"^", Compare::caret}};
  for (const auto& [spelled, meant] : signs)
    if (sign == spelled) bound.compare = meant;
  return bound;
}

bool VersionRange::holds(const Version& version) const {
  for (const Part& part : parts_) {
    bool all = part.prereleases || version.prerelease.empty();
    for (const Bound& bound : part.bounds) all = all && fits(bound, version);
    if (all) return true;
  }
  return false;
}

bool VersionRange::fits(const Bound& bound, const Version& version) {
  switch (bound.compare) {
    case Compare::equal:
      return bound.open ? tilde(bound, version) : compare(version, bound.version) == 0;
    case Compare::not_equal:
      return differs(bound, version);
    case Compare::greater:
      return greater(bound, version);
    case Compare::less:
      return compare(version, bound.version) < 0;
    case Compare::greater_equal:
      return compare(version, bound.version) >= 0;
    case Compare::less_equal:
      return at_most(bound, version);
    case Compare::tilde:
      return tilde(bound, version);
    case Compare::caret:
      return caret(bound, version);
  }
  return false;
}

bool VersionRange::differs(const Bound& bound, const Version& version) {
  const Version& other = bound.version;
  if (!bound.open) return compare(version, other) != 0;
  if (other.major != version.major) return true;
  if (bound.minor_open) return false;
  if (other.minor != version.minor) return true;
  if (!bound.patch_open) return other.patch != version.patch || compare(version, other) != 0;
  // The prereleases alone decide where the patch is open.
  Version a, b;
  a.prerelease = version.prerelease;
  b.prerelease = other.prerelease;
  return (!a.prerelease.empty() || !b.prerelease.empty()) && compare(a, b) != 0;
}

bool VersionRange::greater(const Bound& bound, const Version& version) {
  const Version& other = bound.version;
  if (!bound.open) return compare(version, other) > 0;
  if (version.major != other.major) return version.major > other.major;
  if (bound.minor_open) return false;
  if (bound.patch_open) return version.minor > other.minor;
  return compare(version, other) > 0;
}

bool VersionRange::at_most(const Bound& bound, const Version& version) {
  const Version& other = bound.version;
  if (!bound.open) return compare(version, other) <= 0;
  if (version.major > other.major) return false;
  return version.major != other.major || version.minor <= other.minor || bound.minor_open;
}

bool VersionRange::tilde(const Bound& bound, const Version& version) {
  const Version& other = bound.version;
  if (compare(version, other) < 0) return false;
  if (other.major == 0 && other.minor == 0 && other.patch == 0 && !bound.minor_open && !bound.patch_open) return true;
  return version.major == other.major && (version.minor == other.minor || bound.minor_open);
}

bool VersionRange::caret(const Bound& bound, const Version& version) {
  const Version& other = bound.version;
  if (compare(version, other) < 0) return false;
  if (other.major > 0 || bound.minor_open) return version.major == other.major;
  if (version.major > 0) return false;
  if (other.minor > 0 || bound.patch_open) return version.minor == other.minor;
  return version.minor == 0 && other.patch == version.patch;
}

}  // namespace gpuctl::chart
