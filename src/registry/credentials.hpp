#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/secret.hpp"

namespace gpuctl::registry {

/// Who one is to a registry.
struct Credential {
  std::string user;
  core::Secret password;
  core::Secret identity_token;  ///< in their place, to be exchanged for a token
  std::string helper;           ///< a program that would know, and is not run; all else is empty then
  std::string file;             ///< which says so
};

/// What `helm registry login` and `docker login` have noted.
class Credentials {
 public:
  using Find = std::function<std::optional<std::string>(const std::string& path)>;

  Credentials(std::vector<std::string> files, Find find) : files_(std::move(files)), find_(std::move(find)) {}

  /// For a registry's host, with its port if it has one; the first file that knows it. Throws core::Error{invalid}: a
  /// file is no JSON.
  Credential of(const std::string& host) const;

 private:
  std::vector<std::string> files_;
  Find find_;
};

/// What one file says of a host.
Credential credential_in(const std::string& text, const std::string& host);

}  // namespace gpuctl::registry
