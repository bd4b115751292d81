#include <fmt/core.h>

#include "core/error.hpp"
#include "kube/cluster.hpp"
#include "kube/watch.hpp"

namespace gpuctl::kube {

namespace {

using core::Action;
using core::KubeApply;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

/// A definition is established within a second, unless its names clash with another's.
constexpr seconds definition_patience{30};
/// Then each API server of the control plane has to notice.
constexpr seconds serving_patience{10};

/// The path itself is unknown, not the object, nor its namespace.
bool not_served(const http::Response& response) {
  if (response.status != 404) return false;
  const Status status = status_of(response);
  return status.reason.empty() || status.message.find("could not find the requested resource") != std::string::npos;
}

}  // namespace

bool Cluster::await_definition(const std::string& api_version, const std::string& kind) {
  const Selection definitions{
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "", "", {false, {"/spec", "/status"}}};
  const std::string group = api_version.substr(0, api_version.find('/'));
  bool coming = false;
  watch_until(api_, {definitions}, Clock::now() + definition_patience,
              [&](const std::vector<const Listing*>& listings) {
                coming = false;
                for (const auto& [key, definition] : listings[0]->items) {
                  if (core::text_of(definition, "/spec/group") != group) continue;
                  if (core::text_of(definition, "/spec/names/kind") != kind) continue;
                  coming = true;
                  discovery_.learn(definition, api_version);
                }
                return !coming || discovery_.catalog()->find(api_version, kind) != nullptr;
              });
  return coming;
}

const Resource* Cluster::resource(const std::string& api_version, const std::string& kind, Kinds& kept) {
  kept = discovery_.catalog();
  if (!kept->find(api_version, kind)) kept = discovery_.refreshed(kept);
  if (!kept->find(api_version, kind) && await_definition(api_version, kind)) kept = discovery_.catalog();
  return kept->find(api_version, kind);
}

/// How many of the next actions are applies of one kind: these do not hang on one another, and travel together.
std::size_t Cluster::applies_together(std::span<const Action> actions) const {
  std::size_t count = 0;
  const auto* first = std::get_if<KubeApply>(&actions[0]);
  for (const auto& action : actions) {
    const auto* apply = std::get_if<KubeApply>(&action);
    if (!apply || apply->object.kind != first->object.kind || apply->object.api_version != first->object.api_version)
      break;
    ++count;
  }
  return count;
}

std::vector<Cluster::Outcome> Cluster::apply(std::span<const Action> actions) {
  const auto& kind = std::get<KubeApply>(actions[0]).object;
  Kinds kept;
  const auto* served = resource(kind.api_version, kind.kind, kept);
  if (!served) return {Outcome{false, kept->unknown(kind.api_version, kind.kind)}};
  std::vector<http::Request> requests;
  for (const auto& action : actions) {
    const auto& a = std::get<KubeApply>(action);
    requests.push_back(apply_request(api_, *served, a.object, a.fields, a.manager, a.force, false));
    requests.back().repeatable = true;  // an apply says how things shall be
  }
  auto responses = api_.all(requests);
  const auto patience = Clock::now() + serving_patience;
  Bell nobody;
  for (std::size_t at = 0; at < requests.size(); ++at)
    while (not_served(responses[at]) && Clock::now() < patience) {
      nobody.wait(Clock::now() + milliseconds(200), api_.stop());
      responses[at] = api_.send(requests[at]);
    }
  std::vector<Outcome> out;
  for (const auto& response : responses) {
    const auto refusal = response.good() ? Refusal{} : refusal_of(response);
    out.push_back({response.good(), refusal.why});
  }
  return out;
}

}  // namespace gpuctl::kube
