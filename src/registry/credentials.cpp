#include "registry/credentials.hpp"

#include "chart/value.hpp"
#include "core/error.hpp"
#include "registry/json.hpp"
#include "util/base64.hpp"

namespace gpuctl::registry {

namespace {

/// The names under which a host's credentials may stand. Docker Hub's are old and odd.
std::vector<std::string> names_of(const std::string& host) {
  std::vector<std::string> out{host,
                               "https://" + host,
                               "http://" + host,
                               "https://" + host + "/",
                               "https://" + host + "/v1/",
                               "https://" + host + "/v2/"};
  if (host == "registry-1.docker.io" || host == "docker.io" || host == "index.docker.io")
    for (const char* name : {"https://index.docker.io/v1/", "index.docker.io", "docker.io", "registry-1.docker.io"})
      out.emplace_back(name);
  return out;
}

/// Of an entry; nothing where it is empty, as Docker leaves it when a helper has what belongs there.
std::optional<Credential> credential_of(const chart::Value& entry) {
  Credential out;
  out.user = text(&entry, "username");
  out.password = core::Secret(text(&entry, "password"));
  out.identity_token = core::Secret(text(&entry, "identitytoken"));
  if (const auto pair = util::base64_decode(text(&entry, "auth")); pair && !pair->empty()) {
    const auto colon = pair->find(':');
    out.user = pair->substr(0, colon);
    // Docker once closed passwords with a zero byte.
    auto password = colon == pair->npos ? "" : pair->substr(colon + 1);
    while (password.ends_with('\0')) password.pop_back();
    out.password = core::Secret(std::move(password));
  }
  if (out.user.empty() && out.identity_token.empty()) return {};
  return out;
}

}  // namespace

Credential credential_in(const std::string& content, const std::string& host) {
  const auto file = json(content, "the file of credentials");
  const auto* auths = field(&file, "auths");
  for (const auto& name : names_of(host))
    if (const auto* entry = field(auths, name))
      if (auto found = credential_of(*entry)) return *found;
  Credential out;
  for (const auto& name : names_of(host))
    if (out.helper.empty()) out.helper = text(field(&file, "credHelpers"), name);
  if (out.helper.empty()) out.helper = text(&file, "credsStore");
  return out;
}

Credential Credentials::of(const std::string& host) const {
  Credential helper;
  for (const auto& path : files_) {
    const auto content = path.empty() ? std::nullopt : find_(path);
    if (!content) continue;
    try {
      auto found = credential_in(*content, host);
      found.file = path;
      if (!found.user.empty() || !found.identity_token.empty()) return found;
      if (helper.helper.empty()) helper = std::move(found);
    } catch (const core::Error& error) {
      throw core::Error(core::ErrorKind::invalid, path + ": " + error.message());
    }
  }
  return helper;
}

}  // namespace gpuctl::registry
