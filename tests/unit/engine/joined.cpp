#include "engine/joined.hpp"

#include <doctest/doctest.h>

using namespace gpuctl;

namespace {

const core::Probe unit = core::Unit{"k3s-agent.service"};
const core::Probe lease = core::KubeObject{{"coordination.k8s.io/v1", "Lease", "kube-node-lease", "worker"}};

/// Answers with its name, and remembers what it was asked.
struct Side : core::Observer, core::Actor {
  explicit Side(std::string called) : name(std::move(called)) {}
  core::Facts gather(std::span<const core::Probe> probes) override {
    core::Facts out;
    for (const auto& probe : probes) out.set(probe, core::Text{name});
    gathered.insert(gathered.end(), probes.begin(), probes.end());
    return out;
  }
  core::Facts wait(std::span<const core::Probe> probes, const core::Facts&, core::Deadline) override {
    ++waits;
    return gather(probes);
  }
  core::Done perform(std::span<const core::Action> given, std::span<const core::Probe> then) override {
    performed += given.size();
    core::Done done;
    done.facts = gather(then);
    return done;
  }

  std::string name;
  std::vector<core::Probe> gathered;
  int waits = 0;
  std::size_t performed = 0;
};

struct Fixture {
  Side host{"host"};
  Side cluster{"cluster"};
  engine::JoinedObserver joined{host, cluster};
  const std::vector<core::Probe> both{unit, lease};
};

void check_answered_by_each(const core::Facts& facts) {
  CHECK(*facts.text(unit) == "host");
  CHECK(*facts.text(lease) == "cluster");
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "each question goes to whom it is for") {
  check_answered_by_each(joined.gather(both));
  CHECK(host.gathered.size() == 1);
  CHECK(cluster.gathered.size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "who is asked nothing is not troubled") {
  joined.gather(std::vector{unit});
  CHECK(cluster.gathered.empty());
}

TEST_CASE_FIXTURE(Fixture, "what hangs on both waits for the cluster, and looks at the host afterwards") {
  check_answered_by_each(joined.wait(both, {}, {}));
  CHECK(cluster.waits == 1);
  CHECK(host.waits == 0);
  joined.wait(std::vector{unit}, {}, {});
  CHECK(host.waits == 1);
}

TEST_CASE_FIXTURE(Fixture, "actions are the host's, the look afterwards goes to both") {
  engine::JoinedActor actor(host, cluster);
  const std::vector<core::Action> actions{core::RestartUnit{"k3s-agent.service"}};
  check_answered_by_each(actor.perform(actions, both).facts);
  CHECK(host.performed == 1);
  CHECK(cluster.performed == 0);
}
