#include <fmt/core.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/refusal_words.hpp"
#include "core/visit.hpp"
#include "kube/cluster.hpp"
#include "kube/release_run.hpp"
#include "kube/send_fields.hpp"

namespace gpuctl::kube {

namespace {

using core::Action;
using core::Done;
using core::Fields;
using core::Record;

/// Somebody else writes to the node, too: its kubelet, once in a while.
constexpr int taint_attempts = 6;

/// The subject of an action in front of what became of it.
std::string subject(const Action& action) {
  return std::visit(core::Overload{
                        [](const core::KubeApply& a) { return core::describe(a.object) + ": "; },
                        [](const core::KubeDelete& a) { return core::describe(a.object) + ": "; },
                        [](const core::KubeTaint& a) { return "Node " + a.node + ": "; },
                        [](const core::HelmChange& a) { return "release " + a.namespace_ + "/" + a.name + ": "; },
                        [](const auto&) { return std::string(); },
                    },
                    action);
}

struct Taint {
  Fields fields;  // key, value, effect, timeAdded
  std::string at(const char* name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second.text;
  }
};

std::vector<Taint> taints_of(const Record& node) {
  std::vector<Taint> out;
  for (std::size_t i = 0;; ++i) {
    const std::string at = fmt::format("/spec/taints/{}/", i);
    Taint taint;
    for (auto field = node.lower_bound(at); field != node.end() && field->first.starts_with(at); ++field)
      taint.fields[field->first.substr(at.size())] = {core::text_of(node, field->first), true};
    if (taint.fields.empty()) return out;
    out.push_back(std::move(taint));
  }
}

/// The node's whole list of taints, sent only if it is still the one that was read.
std::string taint_patch(const core::KubeTaint& wanted, const Record& node) {
  auto taints = taints_of(node);
  std::erase_if(taints, [&](const Taint& t) { return t.at("key") == wanted.key && t.at("effect") == wanted.effect; });
  if (!wanted.remove) {
    taints.push_back({{{"key", {wanted.key}}, {"effect", {wanted.effect}}}});
    if (!wanted.value.empty()) taints.back().fields["value"] = {wanted.value};
  }
  Fields patch{{"/metadata/resourceVersion", {core::text_of(node, "/metadata/resourceVersion")}}};
  if (taints.empty()) patch["/spec/taints"] = {"null", false};
  for (std::size_t i = 0; i < taints.size(); ++i)
    for (const auto& [name, leaf] : taints[i].fields) patch[fmt::format("/spec/taints/{}/{}", i, name)] = leaf;
  return json_of(patch);
}

/// How many of the next actions delete objects of one kind: these travel together.
std::size_t deletes_together(std::span<const Action> actions) {
  const auto& first = std::get<core::KubeDelete>(actions[0]).object;
  const auto other = std::ranges::find_if_not(actions, [&](const Action& action) {
    const auto* one = std::get_if<core::KubeDelete>(&action);
    return one && one->object.kind == first.kind && one->object.api_version == first.api_version;
  });
  return static_cast<std::size_t>(other - actions.begin());
}

http::Request delete_request(const Api& api, const Resource& served, const core::KubeDelete& a) {
  Fields options{{"/apiVersion", {"v1"}}, {"/kind", {"DeleteOptions"}}, {"/propagationPolicy", {a.propagation}}};
  if (!a.uid.empty()) options["/preconditions/uid"] = {a.uid};
  return api.request("DELETE", served.object(a.object), "application/json", json_of(options));
}

std::string why_not_deleted(const core::KubeDelete& a, const http::Response& response) {
  if (response.good() || response.status == 404) return {};
  if (response.status == 409 && !a.uid.empty())
    return "it has been replaced by another of its name since it was looked at";
  return refusal_of(response).why;
}

/// What a lost connection leaves open: these were to be done when it broke.
std::string under_way(std::span<const Action> actions) {
  const std::string first = "while it was to " + core::describe(actions[0]);
  return actions.size() == 1 ? first : fmt::format("{}, and {} more", first, actions.size() - 1);
}

}  // namespace

void Cluster::count_change() {
  const std::scoped_lock lock(mutex_);
  ++epoch_;
}

std::vector<Cluster::Outcome> Cluster::remove(std::span<const Action> actions) {
  const auto& kind = std::get<core::KubeDelete>(actions[0]).object;
  Kinds kept = discovery_.catalog();
  if (!kept->find(kind.api_version, kind.kind)) kept = discovery_.refreshed(kept);
  const auto* served = kept->find(kind.api_version, kind.kind);
  if (!served) return std::vector<Outcome>(actions.size());  // no such kind: none of it is there
  std::vector<http::Request> requests;
  for (const auto& action : actions)
    requests.push_back(delete_request(api_, *served, std::get<core::KubeDelete>(action)));
  const auto responses = api_.all(requests);
  std::vector<Outcome> out;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    auto why = why_not_deleted(std::get<core::KubeDelete>(actions[i]), responses[i]);
    out.push_back({why.empty(), std::move(why)});
  }
  return out;
}

Cluster::Outcome Cluster::act(const core::HelmChange& a) {
  try {
    auto why = ReleaseRun(*this, api_, a).run();
    const bool ok = why.empty();
    return {ok, std::move(why)};
  } catch (const core::Error& error) {
    if (error.kind() == core::ErrorKind::unreachable || error.kind() == core::ErrorKind::interrupted) throw;
    return {false, error.message()};
  }
}

std::string Cluster::path_of(const core::KubeRef& ref) {
  Kinds kept;
  const auto* served = resource(ref.api_version, ref.kind, kept);
  return served ? served->object(ref) : std::string();
}

Cluster::Outcome Cluster::act(const core::KubeTaint& a) {
  const std::string path = "/api/v1/nodes/" + encoded(a.node);
  http::Response response;
  for (int attempt = 0; attempt < taint_attempts; ++attempt) {
    const auto node = api_.send(api_.get(path));
    if (!node.good()) return {false, refusal_of(node).why};
    const auto patch = taint_patch(a, record_of(node.body));
    response = api_.send(api_.request("PATCH", path + "?fieldManager=gpuctl&fieldValidation=Strict",
                                      "application/merge-patch+json", patch));
    if (response.status != 409) break;
  }
  if (response.good()) return {};
  return {false, refusal_of(response).why};
}

std::vector<Cluster::Outcome> Cluster::act(std::span<const Action> actions) {
  return std::visit(core::Overload{
                        [&](const core::KubeApply&) { return apply(actions.first(applies_together(actions))); },
                        [&](const core::KubeDelete&) { return remove(actions.first(deletes_together(actions))); },
                        [&](const core::KubeTaint& a) { return std::vector{act(a)}; },
                        [&](const core::HelmChange& a) { return std::vector{act(a)}; },
                        [&](const auto&) { return std::vector{Outcome{false, "this is no action on a cluster"}}; },
                    },
                    actions[0]);
}

std::vector<Cluster::Outcome> Cluster::act_or_tell(std::span<const Action> actions) {
  try {
    return act(actions);
  } catch (core::Error& error) {
    if (error.kind() == core::ErrorKind::unreachable) error.add_trace(under_way(actions));
    throw;
  }
}

Done Cluster::perform(std::span<const Action> actions, std::span<const core::Probe> then) {
  Done done;
  for (std::size_t at = 0; at < actions.size() && done.ok;) {
    const auto outcomes = act_or_tell(actions.subspan(at));
    count_change();
    const auto bad = std::find_if(outcomes.begin(), outcomes.end(), [](const Outcome& o) { return !o.ok; });
    if (bad != outcomes.end()) {
      const auto failed = at + static_cast<std::size_t>(bad - outcomes.begin());
      done.ok = false;
      done.failed_action = static_cast<int>(failed);
      done.why = subject(actions[failed]) + bad->why;
      if (core::says(bad->why, core::no_right)) done.advice = core::no_right_advice;
    }
    at += outcomes.size();
  }
  done.facts = gather(then);
  return done;
}

Eviction Cluster::evict(const std::string& space, const std::string& pod, const std::string& uid) {
  Fields body{{"/apiVersion", {"policy/v1"}},
              {"/kind", {"Eviction"}},
              {"/metadata/name", {pod}},
              {"/metadata/namespace", {space}}};
  if (!uid.empty()) body["/deleteOptions/preconditions/uid"] = {uid};
  auto request =
      api_.request("POST", fmt::format("/api/v1/namespaces/{}/pods/{}/eviction", encoded(space), encoded(pod)),
                   "application/json", json_of(body));
  request.patient = false;  // a 429 here is a budget's answer, and lasts
  const auto response = api_.send(std::move(request));
  count_change();
  if (response.good()) return {};
  if (response.status == 404) return {Eviction::Outcome::absent, ""};
  const Status status = status_of(response);
  if (status.code == 429) {
    const bool told = !status.causes.empty() && !status.causes[0].message.empty();
    return {Eviction::Outcome::blocked, told ? status.causes[0].message : status.message};
  }
  return {Eviction::Outcome::refused, refusal_of(status).why};
}

}  // namespace gpuctl::kube
