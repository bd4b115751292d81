#include "engine/provision.hpp"

#include <doctest/doctest.h>

#include "engine/plan.hpp"
#include "support/fake_world.hpp"

using namespace gpuctl;
using namespace gpuctl::core;
using fake::quiet;
using fake::World;

namespace {

std::vector<engine::Lane> lanes_of(std::vector<engine::Task> tasks) {
  return {{fake::host("n1"), std::move(tasks)}};
}

Report provision_of(World& world, const std::vector<engine::Lane>& lanes) {
  const auto planned = engine::plan(lanes, fake::look_at(world), quiet);
  return engine::provision(lanes, planned, fake::hands_of(world), quiet);
}

std::vector<engine::Task> site() {
  return {fake::file_task("list", "deb x"), fake::file_task("config", "handler"),
          fake::unit_task("service", "agent.service", "config")};
}

World bare() {
  World world;
  world.facts.set(Unit{"agent.service"}, Record{{"active", "active"}});
  return world;
}

/// Holds once the file says "ready"; time alone brings it there.
engine::Task ready_task() {
  return fake::task("ready", {FileText{"/state"}}, [](const Facts& known) {
    Change change;
    const auto* text = known.text(FileText{"/state"});
    if (!text || *text != "ready") change.gaps.push_back(fake::gap("state", Wait{}));
    return change;
  });
}

}  // namespace

TEST_CASE("plan, provision, and plan again is empty") {
  auto world = bare();
  const auto lanes = lanes_of(site());
  const auto report = provision_of(world, lanes);
  CHECK(exit_code(report) == 0);
  for (const auto& step : report.hosts[0].steps) {
    CHECK(step.state == StepState::done);
    CHECK(step.broken_promises.empty());
    CHECK(step.unforeseen.empty());
  }
  CHECK(world.performed.size() == 3);
  CHECK(world.gathers == 1);  // an action and the look after it are one round trip
  CHECK(world.performs == 3);
  CHECK(exit_code(engine::plan(lanes, fake::look_at(world), quiet)) == 0);
  CHECK(exit_code(engine::verify(lanes, fake::look_at(world), quiet)) == 0);
  const auto again = provision_of(world, lanes);
  CHECK(world.performed.size() == 3);
  CHECK(again.hosts[0].steps[0].state == StepState::held);
}

TEST_CASE("a run that is killed before any action is healed by running again") {
  for (int death = 0; death < 3; ++death) {
    auto world = bare();
    world.dies_before = death;
    const auto lanes = lanes_of(site());
    const auto report = provision_of(world, lanes);
    CHECK(exit_code(report) == 1);
    CHECK(report.hosts[0].steps[static_cast<std::size_t>(death)].why == "the link was cut");
    world.dies_before = -1;
    CHECK(exit_code(provision_of(world, lanes)) == 0);
    CHECK(exit_code(engine::plan(lanes, fake::look_at(world), quiet)) == 0);
    CHECK(world.performed.size() == 3);
  }
}

TEST_CASE("a gap that nobody closes is refused before the first action") {
  auto world = bare();
  auto tasks = site();
  tasks.push_back(fake::task("driver", {}, [](const Facts&) {
    Change change;
    change.gaps.push_back(fake::gap("version", Never{"install it by hand"}));
    return change;
  }));
  const auto report = provision_of(world, lanes_of(tasks));
  CHECK(world.performs == 0);
  CHECK(exit_code(report) == 1);
  CHECK(report.hosts[0].steps[0].state == StepState::skipped);
  CHECK(report.hosts[0].steps[3].state == StepState::failed);
  CHECK(report.hosts[0].steps[3].advice == "install it by hand");
}

TEST_CASE("the first failing action ends the host, with its last words") {
  auto world = bare();
  world.fails_at = "write /etc/config (7 bytes)";
  const auto report = provision_of(world, lanes_of(site()));
  const auto& steps = report.hosts[0].steps;
  CHECK(steps[0].state == StepState::done);
  CHECK(steps[1].state == StepState::failed);
  CHECK(steps[1].why == "it exited with 1");
  CHECK(steps[1].evidence == "last words");
  CHECK(steps[2].state == StepState::skipped);
  CHECK(exit_code(report) == 1);
}

TEST_CASE("a broken promise is a finding") {
  auto world = bare();
  world.effects["write /etc/list (5 bytes)"] = [](Facts& facts) {
    facts.set(FileText{"/etc/list"}, Text{"deb x"});
    facts.set(FileText{"/etc/other"}, Text{"lost"});
  };
  auto promising = fake::task("promising", {FileText{"/etc/list"}, FileText{"/etc/other"}}, [](const Facts& known) {
    Change change;
    if (known.text(FileText{"/etc/list"})) return change;
    Facts promises;
    promises.set(FileText{"/etc/list"}, Text{"deb x"});
    promises.set(FileText{"/etc/other"}, Text{"kept"});
    change.gaps.push_back(fake::gap("list", Mend{WriteFile{"/etc/list", "deb x"}, promises}));
    return change;
  });
  const auto report = provision_of(world, lanes_of({promising}));
  const auto& step = report.hosts[0].steps[0];
  CHECK(step.state == StepState::done);
  REQUIRE(step.broken_promises.size() == 1);
  CHECK(step.broken_promises[0] == "file /etc/other: expected \"kept\", now \"lost\"");
  CHECK(step.unforeseen.empty());
}

TEST_CASE("what changes though nobody predicted it is unforeseen") {
  auto world = bare();
  world.effects["write /etc/list (5 bytes)"] = [](Facts& facts) {
    facts.set(FileText{"/etc/list"}, Text{"deb x"});
    facts.set(Unit{"agent.service"}, Record{{"active", "failed"}});
  };
  auto tasks = site();
  tasks[1].left_out = true;
  const auto report = provision_of(world, lanes_of(tasks));
  const auto& step = report.hosts[0].steps[0];
  REQUIRE(step.unforeseen.size() == 1);
  CHECK(step.unforeseen[0] == "unit agent.service: was active: active, now failed");
  CHECK(step.broken_promises.empty());
}

TEST_CASE("a step that would now do more than was shown does nothing") {
  auto world = bare();
  // The first step's action removes what the second found in place.
  world.facts.set(FileText{"/etc/config"}, Text{"handler"});
  world.facts.set(Unit{"agent.service"}, Record{{"active", "active"}});
  world.effects["write /etc/list (5 bytes)"] = [](Facts& facts) {
    facts.set(FileText{"/etc/list"}, Text{"deb x"});
    facts.set(FileText{"/etc/config"}, Text{"rubbish"});
  };
  const auto report = provision_of(world, lanes_of(site()));
  CHECK(report.hosts[0].steps[0].unforeseen.size() == 1);
  CHECK(world.performed == std::vector<std::string>{"write /etc/list (5 bytes)", "restart agent.service"});
  // The last look still sees it.
  CHECK(report.hosts[0].steps[1].state == StepState::failed);
  CHECK(exit_code(report) == 1);
}

TEST_CASE("a step whose answers were unknown is planned afresh when it is reached") {
  World world;
  auto install = fake::task("install", {FileText{"/p"}}, [](const Facts& known) {
    Change change;
    if (known.text(FileText{"/p"})) return change;
    Facts promises;
    promises.set(FileText{"/p"}, Unknown{});
    change.gaps.push_back(fake::gap("p", Mend{Run{{"make-p"}, "make p"}, promises}));
    return change;
  });
  auto use = fake::task("use", {FileText{"/p"}, FileText{"/used"}}, [](const Facts& known) {
    Change change;
    if (const auto* unknown = std::get_if<Unknown>(known.find(FileText{"/p"})))
      change.gaps.push_back(fake::gap("p", Later{unknown->after}));
    const auto* p = known.text(FileText{"/p"});
    if (!p || known.text(FileText{"/used"})) return change;
    Facts promises;
    promises.set(FileText{"/used"}, Text{*p});
    change.gaps.push_back(fake::gap("used", Mend{WriteFile{"/used", *p}, promises}));
    return change;
  });
  world.effects["make p"] = [](Facts& facts) { facts.set(FileText{"/p"}, Text{"pp"}); };
  world.effects["write /used (2 bytes)"] = [](Facts& facts) { facts.set(FileText{"/used"}, Text{"pp"}); };
  const auto report = provision_of(world, lanes_of({install, use}));
  CHECK(exit_code(report) == 0);
  CHECK(world.performed == std::vector<std::string>{"make p", "write /used (2 bytes)"});
}

TEST_CASE("time closes a gap without an action, and a gap that stays open fails") {
  World world;
  world.events = {[](Facts& facts) { facts.set(FileText{"/state"}, Text{"starting"}); },
                  [](Facts& facts) { facts.set(FileText{"/state"}, Text{"ready"}); }};
  const auto report = provision_of(world, lanes_of({ready_task()}));
  CHECK(report.hosts[0].steps[0].state == StepState::done);
  CHECK(world.waits == 2);
  CHECK(world.performs == 0);

  World stuck;
  auto impatient = ready_task();
  impatient.settle = std::chrono::milliseconds(0);
  const auto failed = provision_of(stuck, lanes_of({impatient}));
  CHECK(failed.hosts[0].steps[0].state == StepState::failed);
  REQUIRE(failed.hosts[0].steps[0].checks.size() == 1);
  CHECK(failed.hosts[0].steps[0].checks[0].what == "state");
  CHECK(stuck.waits == 0);
}

TEST_CASE("what a later step has stirred comes to rest before it is judged at the end") {
  World world;
  world.facts.set(FileText{"/state"}, Text{"ready"});
  world.effects["write /etc/a (1 bytes)"] = [](Facts& facts) {
    facts.set(FileText{"/etc/a"}, Text{"1"});
    facts.set(FileText{"/state"}, Text{"stirred"});
  };
  world.events = {[](Facts& facts) { facts.set(FileText{"/state"}, Text{"ready"}); }};
  const auto report = provision_of(world, lanes_of({ready_task(), fake::file_task("a", "1")}));
  CHECK(exit_code(report) == 0);
  CHECK(report.hosts[0].steps[0].state == StepState::held);
  CHECK(world.waits == 1);

  world.facts.set(FileText{"/etc/a"}, Absent{});
  auto impatient = ready_task();
  impatient.settle = std::chrono::milliseconds(0);
  const auto failed = provision_of(world, lanes_of({impatient, fake::file_task("a", "1")}));
  CHECK(failed.hosts[0].steps[0].state == StepState::failed);
}

TEST_CASE("what awaits a restart is asked again after it") {
  const auto handler = FileText{"/handlers"};
  auto runtime = fake::task("runtime", {handler}, [=](const Facts& known) {
    Change change;
    if (!known.text(handler)) change.gaps.push_back(fake::gap("handler", Awaits{"agent"}));
    return change;
  });
  auto world = bare();
  world.facts.set(FileText{"/etc/config"}, Text{"handler"});
  world.effects["restart agent.service"] = [=](Facts& facts) {
    facts.set(Unit{"agent.service"}, Record{{"active", "active"}, {"restarted", "yes"}});
    facts.set(handler, Text{"nvidia"});
  };
  const auto lanes = lanes_of({runtime, fake::unit_task("service", "agent.service", "config")});
  const auto report = provision_of(world, lanes);
  CHECK(report.hosts[0].steps[0].state == StepState::done);
  CHECK(report.hosts[0].steps[1].state == StepState::done);

  auto in_vain = bare();
  in_vain.facts.set(FileText{"/etc/config"}, Text{"handler"});
  auto impatient = lanes;
  impatient[0].tasks[0].settle = std::chrono::milliseconds(0);
  const auto failed = provision_of(in_vain, impatient);
  CHECK(failed.hosts[0].steps[0].state == StepState::failed);
}

TEST_CASE("what awaits a unit whose start is under way is asked again when it is up") {
  const auto handler = FileText{"/handlers"};
  const auto unit = Unit{"agent.service"};
  auto runtime = fake::task("runtime", {handler}, [=](const Facts& known) {
    Change change;
    if (!known.text(handler)) change.gaps.push_back(fake::gap("handler", Awaits{"agent"}));
    return change;
  });
  auto service = fake::task("service", {unit}, [=](const Facts& known) {
    Change change;
    if (text_of(*known.record(unit), "active") != "active") change.gaps.push_back(fake::gap("runs", Wait{}));
    return change;
  });
  service.settle = std::chrono::seconds(1);
  World world;
  world.facts.set(unit, Record{{"active", "activating"}});
  world.events.push_back([=](Facts& facts) {
    facts.set(unit, Record{{"active", "active"}});
    facts.set(handler, Text{"nvidia"});
  });
  const auto report = provision_of(world, lanes_of({runtime, service}));
  CHECK(report.hosts[0].steps[0].state == StepState::done);
  CHECK(report.hosts[0].steps[1].state == StepState::done);
}

TEST_CASE("a proof runs after the changes") {
  auto world = bare();
  auto proof = fake::task("check", {FileText{"/etc/config"}}, [](const Facts& known) {
    Change change;
    if (!known.text(FileText{"/etc/config"})) change.gaps.push_back(fake::gap("config", Never{""}));
    return change;
  });
  proof.proof = true;
  auto tasks = site();
  tasks.insert(tasks.begin(), proof);
  const auto report = provision_of(world, lanes_of(tasks));
  CHECK(exit_code(report) == 0);
  CHECK(report.hosts[0].steps[0].state == StepState::held);
}

TEST_CASE("one host's failure does not stop the others") {
  std::map<std::string, World> worlds;
  worlds["n1"].fails_at = "write /etc/a (1 bytes)";
  worlds["n2"];
  const std::vector<engine::Lane> lanes{{fake::host("n1"), {fake::file_task("a", "1")}},
                                        {fake::host("n2"), {fake::file_task("a", "1")}}};
  const auto planned = engine::plan(lanes, fake::look_at(worlds), quiet);
  const auto report = engine::provision(lanes, planned, fake::hands_of(worlds), quiet);
  CHECK(report.hosts[0].steps[0].state == StepState::failed);
  CHECK(report.hosts[1].steps[0].state == StepState::done);
  CHECK(exit_code(report) == 1);
}

TEST_CASE("an interrupted run begins no further step") {
  auto world = bare();
  std::stop_source stop;
  world.effects["write /etc/list (5 bytes)"] = [&](Facts& facts) {
    facts.set(FileText{"/etc/list"}, Text{"deb x"});
    stop.request_stop();
  };
  const auto lanes = lanes_of(site());
  const auto planned = engine::plan(lanes, fake::look_at(world), quiet);
  const auto report = engine::provision(lanes, planned, fake::hands_of(world), quiet, stop.get_token());
  CHECK(exit_code(report) == 130);
  CHECK(report.hosts[0].steps[0].state == StepState::done);
  CHECK(report.hosts[0].steps[1].state == StepState::skipped);
  CHECK(world.performed.size() == 1);
}
