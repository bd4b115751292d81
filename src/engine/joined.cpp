#include "engine/joined.hpp"

#include <future>

namespace gpuctl::engine {

namespace {

struct Sorted {
  std::vector<core::Probe> host, cluster;
};

Sorted sides_of(std::span<const core::Probe> probes) {
  Sorted out;
  for (const auto& probe : probes) (core::asks_cluster(probe) ? out.cluster : out.host).push_back(probe);
  return out;
}

}  // namespace

core::Facts JoinedObserver::gather(std::span<const core::Probe> probes) {
  const auto sides = sides_of(probes);
  if (sides.cluster.empty()) return host_.gather(sides.host);
  if (sides.host.empty()) return cluster_.gather(sides.cluster);
  auto there = std::async(std::launch::async, [&] { return cluster_.gather(sides.cluster); });
  auto facts = host_.gather(sides.host);
  facts.merge(there.get());
  return facts;
}

core::Facts JoinedObserver::wait(std::span<const core::Probe> probes, const core::Facts& last,
                                 core::Deadline deadline) {
  const auto sides = sides_of(probes);
  if (sides.cluster.empty()) return host_.wait(sides.host, last, deadline);
  auto facts = cluster_.wait(sides.cluster, last, deadline);
  if (!sides.host.empty()) facts.merge(host_.gather(sides.host));
  return facts;
}

core::Done JoinedActor::perform(std::span<const core::Action> actions, std::span<const core::Probe> then) {
  const auto sides = sides_of(then);
  auto done = host_.perform(actions, sides.host);
  if (!sides.cluster.empty()) done.facts.merge(cluster_.gather(sides.cluster));
  return done;
}

}  // namespace gpuctl::engine
