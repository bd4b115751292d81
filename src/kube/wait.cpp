#include <optional>

#include "core/error.hpp"
#include "core/visit.hpp"
#include "kube/cluster.hpp"
#include "kube/sealed.hpp"
#include "kube/watch.hpp"

namespace gpuctl::kube {

namespace {

using core::Answer;
using core::Facts;
using core::Probe;
using Clock = std::chrono::steady_clock;

const Selection definitions{
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "", "", {false, {"/spec", "/status"}}};

/// One object, as a list of at most one: a list has the moment from which to watch.
Selection one(const std::string& collection, const std::string& name, Keep keep) {
  return {collection, "", "metadata.name=" + name, std::move(keep)};
}

/// What to watch for a probe; nothing: there is nothing to be watched.
std::optional<Selection> selection_of(const Probe& probe, const Resource* resource) {
  using Maybe = std::optional<Selection>;
  return std::visit(core::Overload{
                        [&](const core::KubeObject& p) -> Maybe {
                          return one(resource->collection(p.object.namespace_), p.object.name, {true, {}});
                        },
                        [&](const core::KubeDryRun& p) -> Maybe {
                          return one(resource->collection(p.object.namespace_), p.object.name, {});
                        },
                        [&](const core::KubeList& p) -> Maybe {
                          return Selection{resource->collection(p.namespace_), p.labels, p.fields, {false, p.keep}};
                        },
                        [&](const core::KubeLog& p) -> Maybe {
                          return one("/api/v1/namespaces/" + encoded(p.namespace_) + "/pods", p.pod,
                                     {false, {"/status"}});
                        },
                        [](const auto&) -> Maybe { return {}; },
                    },
                    probe);
}

/// The answer that a listing gives; nothing: it has to be asked for.
std::optional<Answer> answer_from(const Probe& probe, const Listing& listing) {
  if (!listing.failed.empty()) return {};
  if (const auto* list = std::get_if<core::KubeList>(&probe)) return list_record(listing, {false, list->keep});
  const auto* object = std::get_if<core::KubeObject>(&probe);
  if (!object) return {};
  if (listing.items.empty()) return core::Absent{};
  auto record = listing.items.begin()->second;
  // A list's items do not repeat what the list says.
  record["/apiVersion"] = object->object.api_version;
  record["/kind"] = object->object.kind;
  return record;
}

bool differ(const Facts& now, const Facts& last) {
  for (const auto& [probe, answer] : now.all()) {
    const auto* before = last.find(probe);
    if (!before || !core::equal(*before, answer)) return true;
  }
  return false;
}

/// What is watched for the probes, and where each finds its listing.
struct Plan {
  std::vector<Selection> selections;
  std::vector<std::optional<std::size_t>> listing;  // by probe
  std::optional<std::size_t> definitions;           // for those whose kind is not known
};

Plan plan_of(std::span<const Probe> probes, const Catalog* kinds) {
  Plan plan;
  for (const auto& probe : probes) {
    const auto needed = kind_needed(probe);
    const auto* resource = needed && kinds ? kinds->find(needed->api_version, needed->kind) : nullptr;
    auto selection = needed && !resource ? std::nullopt : selection_of(probe, resource);
    plan.listing.emplace_back();
    if (selection) {
      plan.listing.back() = plan.selections.size();
      plan.selections.push_back(std::move(*selection));
    } else if (needed && !plan.definitions) {
      plan.definitions = plan.selections.size();
      plan.selections.push_back(definitions);
    }
  }
  return plan;
}

}  // namespace

bool Cluster::learn_kinds(std::span<const Probe> probes, const Listing& listing) {
  const auto before = discovery_.catalog();
  for (const auto& probe : probes) {
    const auto needed = kind_needed(probe);
    if (!needed || before->find(needed->api_version, needed->kind)) continue;
    for (const auto& [key, definition] : listing.items)
      if (core::text_of(definition, "/spec/names/kind") == needed->kind)
        discovery_.learn(definition, needed->api_version);
  }
  return discovery_.catalog() != before;
}

/// True: an answer differs. False: the deadline has come, or a kind has, that was not known.
bool Cluster::wait_once(std::span<const Probe> probes, const Facts& last, core::Deadline deadline, Facts& now) {
  const auto plan = plan_of(probes, kinds_for(probes).get());
  bool first = true;
  bool differs = false;
  watch_until(api_, plan.selections, deadline, [&](const std::vector<const Listing*>& listings) {
    if (plan.definitions && learn_kinds(probes, *listings[*plan.definitions])) return true;
    std::vector<Probe> unread;
    for (std::size_t at = 0; at < probes.size(); ++at) {
      auto answer = plan.listing[at] ? answer_from(probes[at], *listings[*plan.listing[at]]) : std::nullopt;
      if (answer)
        now.set(probes[at], sealed(probes[at], std::move(*answer), api_.seal()));
      else
        unread.push_back(probes[at]);
    }
    try {
      now.merge(gather(unread));
    } catch (const core::Error& error) {
      if (first || error.kind() != core::ErrorKind::unreachable) throw;  // else the next change tells
    }
    first = false;
    return differs = differ(now, last);
  });
  return differs;
}

Facts Cluster::wait(std::span<const Probe> probes, const Facts& last, core::Deadline deadline) {
  Facts now;
  while (!wait_once(probes, last, deadline, now))
    if (Clock::now() >= deadline) return gather(probes);
  return now;
}

}  // namespace gpuctl::kube
