#include "chart/version.hpp"

#include <algorithm>

#include "chart/functions/split.hpp"
#include "chart/go/quote.hpp"
#include "chart/number.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

bool is_identifier(char c) {
  return util::is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), util::is_digit);
}

/// Takes a text apart from its beginning.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  template <class In>
  std::string_view run(In in) {
    const auto end = static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), in) - rest_.begin());
    const auto taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return taken;
  }

  /// `.12`, where digits follow the dot.
  std::string_view segment() {
    if (rest_.size() < 2 || rest_[0] != '.' || !util::is_digit(rest_[1])) return {};
    rest_.remove_prefix(1);
    return run(util::is_digit);
  }

  /// Words parted by dots, none of them empty.
  std::string words(char mark) {
    if (!take(mark)) return {};
    std::string found;
    do {
      const auto word = run(is_identifier);
      if (word.empty()) throw VersionError("invalid semantic version");
      found += (found.empty() ? "" : ".") + std::string(word);
    } while (take('.'));
    return found;
  }

 private:
  std::string_view rest_;
};

std::uint64_t segment_number(std::string_view digits) {
  const auto read = parse_uint(digits.empty() ? "0" : digits, 10);
  if (read.outcome == Parsed::fine) return read.value;
  throw VersionError("error parsing version segment: strconv.ParseUint: parsing " + go::quoted(digits) +
                     ": value out of range");
}

int compare_segments(std::uint64_t a, std::uint64_t b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

int compare_words(const std::string& a, const std::string& b) {
  if (a == b) return 0;
  if (a.empty() || b.empty()) return a.empty() ? -1 : 1;
  const auto x = parse_uint(a, 10), y = parse_uint(b, 10);
  const bool a_number = x.outcome == Parsed::fine, b_number = y.outcome == Parsed::fine;
  if (!a_number && !b_number) return a > b ? 1 : -1;
  if (!a_number || !b_number) return a_number ? -1 : 1;
  return x.value > y.value ? 1 : -1;
}

int compare_prereleases(const std::string& a, const std::string& b) {
  const auto x = split_n(a, ".", -1), y = split_n(b, ".", -1);
  for (std::size_t i = 0; i < std::max(x.size(), y.size()); ++i)
    if (const int d = compare_words(i < x.size() ? x[i] : "", i < y.size() ? y[i] : "")) return d;
  return 0;
}

}  // namespace

Version Version::parse(std::string_view text) {
  Version version;
  Reader reader(text);
  reader.take('v');
  const auto major = reader.run(util::is_digit);
  if (major.empty()) throw VersionError("invalid semantic version");
  const auto minor = reader.segment();
  const auto patch = reader.segment();
  version.prerelease = reader.words('-');
  version.metadata = reader.words('+');
  if (!reader.at_end()) throw VersionError("invalid semantic version");
  version.major = segment_number(major);
  version.minor = segment_number(minor);
  version.patch = segment_number(patch);
  version.original = text;
  if (version.prerelease.empty()) return version;
  for (const std::string& word : split_n(version.prerelease, ".", -1))
    if (word.size() > 1 && word[0] == '0' && all_digits(word)) throw VersionError("version segment starts with 0");
  return version;
}

std::string Version::text() const {
  std::string out = std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
  if (!prerelease.empty()) out += "-" + prerelease;
  if (!metadata.empty()) out += "+" + metadata;
  return out;
}

int compare(const Version& a, const Version& b) {
  if (const int d = compare_segments(a.major, b.major)) return d;
  if (const int d = compare_segments(a.minor, b.minor)) return d;
  if (const int d = compare_segments(a.patch, b.patch)) return d;
  if (a.prerelease.empty() || b.prerelease.empty()) return a.prerelease.empty() - b.prerelease.empty();
  return compare_prereleases(a.prerelease, b.prerelease);
}

}  // namespace gpuctl::chart
