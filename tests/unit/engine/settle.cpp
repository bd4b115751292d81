#include "engine/settle.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "support/fake_world.hpp"

using namespace gpuctl;
using namespace gpuctl::core;

namespace {

const FileText state{"/state"};
const FileText notes{"/notes"};

/// Open for ever, explained by what it does not watch.
engine::Task stuck() {
  return fake::task("rollout", {state, notes}, [](const Facts& known) {
    Change change;
    change.gaps.push_back(fake::gap("state", Wait{}));
    const auto* told = known.text(notes);
    change.gaps.back().check.because = told ? *told : "";
    change.gaps.back().asked = {state};
    return change;
  });
}

/// Waits until the deadline, while something is noted.
class Noting : public fake::World {
 public:
  Facts wait(std::span<const Probe>, const Facts& last, Deadline) override {
    facts.set(notes, Text{"no room"});
    return last;
  }
};

Change settled(Noting& world) {
  Facts known;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
  return engine::settle(stuck(), known, world, deadline, [](const Gap&) {}, {});
}

}  // namespace

TEST_CASE("what explains a gap is told as it stands when the wait is over") {
  Noting world;
  CHECK(settled(world).gaps.at(0).check.because == "no room");
}

TEST_CASE("where it can no longer be asked, what was known is told") {
  Noting world;
  world.before_gather = [&] {
    if (world.gathers > 0) throw Error(ErrorKind::unreachable, "the link was cut");
  };
  CHECK(settled(world).gaps.at(0).check.because.empty());
}
