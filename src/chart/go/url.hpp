#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gpuctl::chart::go {

struct UrlError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct User {
  std::string name;
  std::optional<std::string> password;
  std::string text() const;  ///< escaped: `name:password`
};

/// A URL in its parts, all but the query unescaped, as Go's net/url takes it apart.
struct Url {
  std::string scheme, opaque, host, path, query, fragment;
  std::optional<User> user;

  /// Throws UrlError in Go's words: `parse ":x": missing protocol scheme`.
  static Url parse(std::string_view text);
  std::string hostname() const;  ///< the host without its port and brackets
  std::string text() const;
};

}  // namespace gpuctl::chart::go
