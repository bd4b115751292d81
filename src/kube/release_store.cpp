#include "kube/release_store.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "kube/catalog.hpp"
#include "kube/secrets.hpp"
#include "kube/status.hpp"
#include "util/base64.hpp"

namespace gpuctl::kube {

using core::Error;
using core::ErrorKind;
using core::SecretObject;
using nlohmann::json;

namespace {

constexpr int taken = 409;

std::string json_of(const SecretObject& secret) {
  json data = json::object();
  for (const auto& [name, bytes] : secret.data) data[name] = util::base64_encode(bytes);
  json metadata{{"name", secret.name}, {"namespace", secret.space}, {"labels", secret.labels}};
  if (!secret.annotations.empty()) metadata["annotations"] = secret.annotations;
  return json{{"apiVersion", "v1"}, {"kind", "Secret"}, {"metadata", metadata}, {"type", secret.type}, {"data", data}}
      .dump();
}

int version_of(const SecretObject& secret) {
  int out = 0;
  if (const auto found = secret.labels.find("version"); found != secret.labels.end())
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), out);
  return out;
}

/// As Helm's client calls itself.
constexpr const char* as_helm = "?fieldManager=helm";

}  // namespace

std::string ReleaseStore::path(const std::string& secret) const {
  const auto all = fmt::format("/api/v1/namespaces/{}/secrets", encoded(space_));
  return secret.empty() ? all : all + "/" + encoded(secret);
}

http::Response ReleaseStore::checked(http::Request request) {
  auto response = api_.send(std::move(request));
  if (!response.good() && response.status != 404 && response.status != taken)
    throw Error(ErrorKind::failed, "the release's Secret: " + refusal_of(response).why);
  return response;
}

std::optional<SecretObject> ReleaseStore::revision(int number) {
  auto found = labelled(fmt::format("version={}", number));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<SecretObject> ReleaseStore::labelled(const std::string& more) {
  const auto labels = fmt::format("name={},owner=helm{}{}", name_, more.empty() ? "" : ",", more);
  std::vector<SecretObject> out;
  std::string next;
  do {
    auto request = api_.get(secrets_path(space_, labels) + (next.empty() ? "" : "&continue=" + encoded(next)));
    request.most = most_in_secrets;
    next = add_secrets(checked(std::move(request)).body, out);
  } while (!next.empty());
  std::ranges::sort(out, {}, version_of);
  return out;
}

void ReleaseStore::create(const SecretObject& secret, bool replaces) {
  const auto response = checked(api_.request("POST", path("") + as_helm, "application/json", json_of(secret)));
  if (response.status == 404)
    throw Error(ErrorKind::failed, fmt::format("namespace {} is not there", space_), {},
                "say `create_namespace: true`, or make it first");
  if (response.status != taken) return;
  if (!replaces)
    throw Error(ErrorKind::refused, fmt::format("{} has been made by somebody else since it was planned", secret.name),
                {}, "run it again: what they did is seen then");
  replace(secret);
}

void ReleaseStore::replace(const SecretObject& secret) {
  const auto response = checked(api_.request("PUT", path(secret.name) + as_helm, "application/json", json_of(secret)));
  if (response.status == 404) throw Error(ErrorKind::failed, secret.name + " has been deleted meanwhile");
  if (response.status == taken) throw Error(ErrorKind::failed, secret.name + ": " + refusal_of(response).why);
}

void ReleaseStore::remove(const std::string& secret) {
  checked(api_.request("DELETE", path(secret), "application/json", "{}"));
}

void ReleaseStore::forget_old(int most) {
  if (most <= 0) return;
  const auto secrets = labelled();
  auto left = secrets.size();
  for (const auto& secret : secrets) {
    if (left <= static_cast<std::size_t>(most)) return;
    const auto status = secret.labels.find("status");
    if (status != secret.labels.end() && status->second == "deployed") continue;
    remove(secret.name);
    --left;
  }
}

}  // namespace gpuctl::kube
