#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/secret.hpp"

namespace gpuctl::chart {

/// The address of something on a server, in the parts that matter to who asks for it; path and query stay escaped as
/// they were written.
struct Address {
  std::string scheme;  ///< in lower case
  std::string host;    ///< in lower case, with its port where it names one
  std::string path;    ///< empty, or with its slash
  std::string query;   ///< without its question mark
  /// `name:password` that stood before the host, unescaped: an address is shown without them.
  std::string user;
  core::Secret password;

  /// `https://charts.example/x?y`. Throws core::Error{invalid} where it is none, or has another scheme than these:
  /// https, http, oci.
  static Address parse(std::string_view text);

  /// `https://host:port`, with the port that the scheme means left out.
  std::string origin() const;
  /// Path and query, as they are asked for.
  std::string target() const;
  /// All of it but for the user.
  std::string text() const { return origin() + path + (query.empty() ? "" : "?" + query); }
};

/// Whether a text names its server: `https://…`, `http://…`, `oci://…`.
bool is_address(std::string_view text);

/// Where a reference in an index leads: `charts/a.tgz` to what lies below the repository, whose query stays; what names
/// its server stays as it is. Throws core::Error{invalid}.
Address resolved(const Address& repository, std::string_view reference);

/// Where a redirect leads, by the rules of RFC 3986.
Address redirected(const Address& from, std::string_view location);

/// Whether both are the same repository, whether or not a slash stands at the end.
bool same_repository(const std::string& a, const std::string& b);

}  // namespace gpuctl::chart
