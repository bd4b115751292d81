#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gpuctl::registry {

/// One way to say who one is, as a WWW-Authenticate header offers it.
struct Challenge {
  std::string scheme;                         ///< in lower case: `bearer`, `basic`
  std::map<std::string, std::string> values;  ///< by their names in lower case: `realm`, `service`, `scope`

  std::string value(const std::string& name) const;
};

/// The first challenge of that scheme in a header.
std::optional<Challenge> challenge_of(std::string_view header, const std::string& scheme);

/// A text as a part of a URL's query.
std::string query_escaped(std::string_view text);

}  // namespace gpuctl::registry
