#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::steps {

/// One repository that a source list names and that is not switched off. A deb822 stanza yields one for each of its
/// URIs and suites.
struct AptSource {
  std::string uri;
  std::string suite;
  std::vector<std::string> types;  ///< deb, deb-src
  std::vector<std::string> components;
  std::vector<std::string> architectures;
  std::string signed_by;  ///< path or fingerprint; an embedded key is `(embedded)`
  bool operator==(const AptSource&) const = default;
};

/// The entries of a one-line list (sources.list(5)); lines that apt would refuse are passed over.
std::vector<AptSource> parse_list(std::string_view text);
/// The entries of a deb822 file.
std::vector<AptSource> parse_deb822(std::string_view text);
/// By the file's name: `.sources` is deb822.
std::vector<AptSource> parse_sources(const std::string& path, std::string_view text);

/// The file without the entries that `is_meant`; comments and foreign entries stay as they are. Empty when nothing but
/// blanks and comments is left.
std::string without_sources(const std::string& path, std::string_view text,
                            const std::function<bool(const AptSource&)>& is_meant);

/// A URI in the form in which two that mean the same repository are equal: no scheme's `s`, no slash at the end,
/// $(ARCH) resolved.
std::string same_uri(std::string_view uri, const std::string& arch);
std::string same_suite(std::string_view suite);

}  // namespace gpuctl::steps
