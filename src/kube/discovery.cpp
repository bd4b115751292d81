#include "kube/discovery.hpp"

#include <fmt/core.h>

#include "core/error.hpp"
#include "kube/status.hpp"

namespace gpuctl::kube {

namespace {

/// Kubernetes 1.30 has v2, 1.26 v2beta1; older servers answer with a list of groups.
constexpr const char* accepted =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

const std::string& good_body(const http::Response& response, const Access& access) {
  if (response.good()) return response.body;
  const auto why = response.status == 0 ? response.body : refusal_of(response).why;
  const bool busy = response.status == 429 || response.status >= 500;
  throw core::Error(core::ErrorKind::unreachable,
                    fmt::format("the API server {} does not say what it serves: {}", access.server, why),
                    access.server_at,
                    busy ? "it has trouble of its own: see its log, and run this again when it is well"
                         : "is this the URL of a Kubernetes API server?");
}

}  // namespace

std::shared_ptr<const Catalog> Discovery::catalog(bool* fresh) {
  const std::scoped_lock lock(mutex_);
  if (fresh && !catalog_) *fresh = true;
  if (!catalog_) catalog_ = std::make_shared<const Catalog>(fetch());
  return catalog_;
}

std::shared_ptr<const Catalog> Discovery::refreshed(const std::shared_ptr<const Catalog>& known) {
  const std::scoped_lock lock(mutex_);
  if (catalog_ == known) catalog_ = std::make_shared<const Catalog>(fetch());
  return catalog_;
}

void Discovery::learn(const core::Record& definition, const std::string& api_version) {
  const std::scoped_lock lock(mutex_);
  Catalog more = catalog_ ? *catalog_ : Catalog();
  if (add_defined(definition, api_version, more)) catalog_ = std::make_shared<const Catalog>(std::move(more));
}

Catalog Discovery::fetch() {
  std::vector<http::Request> requests;
  for (const char* root : {"/api", "/apis"}) {
    requests.push_back(api_.get(root));
    requests.back().headers.emplace_back("Accept", accepted);
  }
  const auto responses = api_.all(std::move(requests));
  Catalog catalog;
  std::vector<std::string> older;
  for (const auto& response : responses) {
    const auto& body = good_body(response, api_.access());
    if (!add_aggregated(body, catalog)) older.push_back(body);
  }
  fetch_older(older, catalog);
  return catalog;
}

void Discovery::fetch_older(const std::vector<std::string>& bodies, Catalog& catalog) {
  std::vector<http::Request> requests;
  for (const auto& body : bodies) {
    const auto versions = group_versions(body);
    if (versions.empty())
      throw core::Error(
          core::ErrorKind::unreachable,
          fmt::format(
              "the API server {} does not say what it serves: its answer is no discovery document, or a part of one",
              api_.access().server),
          api_.access().server_at, "is this the URL of a Kubernetes API server?");
    for (const auto& version : versions)
      requests.push_back(api_.get((version.find('/') == std::string::npos ? "/api/" : "/apis/") + version));
  }
  // A group whose own server is down does not answer, and is missing; the others are there.
  for (const auto& response : api_.all(std::move(requests)))
    if (response.good()) add_resources(response.body, catalog);
}

}  // namespace gpuctl::kube
