#include "engine/plan.hpp"

#include <doctest/doctest.h>

#include "engine/gather.hpp"
#include "support/fake_world.hpp"

using namespace gpuctl;
using namespace gpuctl::core;
using fake::quiet;
using fake::World;

namespace {

Report plan_of(World& world, std::vector<engine::Task> tasks) {
  const std::vector<engine::Lane> lanes{{fake::host("n1"), std::move(tasks)}};
  return engine::plan(lanes, fake::look_at(world), quiet);
}

Report verify_of(World& world, std::vector<engine::Task> tasks) {
  const std::vector<engine::Lane> lanes{{fake::host("n1"), std::move(tasks)}};
  return engine::verify(lanes, fake::look_at(world), quiet);
}

engine::Task never(const std::string& name, std::vector<std::string> stands_on = {}) {
  auto task = fake::task(name, {FileText{"/" + name}}, [name](const Facts&) {
    Change change;
    change.gaps.push_back(fake::gap(name, Never{"do it by hand"}));
    return change;
  });
  task.stands_on = std::move(stands_on);
  return task;
}

engine::Task awaiting(const std::string& name, const std::string& unit) {
  return fake::task(name, {Unit{unit}}, [=](const Facts& known) {
    Change change;
    const auto* record = known.record(Unit{unit});
    if (!record || text_of(*record, "restarted") != "yes") change.gaps.push_back(fake::gap(name, Awaits{unit}));
    return change;
  });
}

}  // namespace

TEST_CASE("all questions of all steps travel in one gather") {
  World world;
  const auto report = plan_of(world, {fake::file_task("a", "1"), fake::file_task("b", "2"), fake::file_task("c", "3")});
  CHECK(world.gathers == 1);
  CHECK(world.gather_sizes == std::vector<std::size_t>{5});  // three files, the clock, the platform
  CHECK(report.hosts[0].steps.size() == 3);
  CHECK(exit_code(report) == 2);
}

TEST_CASE("questions that answers raise are asked, and an endless chain ends") {
  World world;
  auto chain = fake::task("chain", {}, [](const Facts&) { return Change{}; });
  chain.probes = [](const Facts& known) {
    return std::vector<Probe>{FileText{"/" + std::to_string(known.all().size())}};
  };
  plan_of(world, {chain});
  CHECK(world.gathers < 2 * engine::most_rounds);
}

TEST_CASE("a plan on a bare host reaches the last step by predictions") {
  World world;
  world.facts.set(Unit{"u.service"}, Record{{"active", "active"}});
  const auto report = plan_of(world, {fake::file_task("a", "1"), fake::unit_task("restart", "u.service", "a")});
  const auto& steps = report.hosts[0].steps;
  CHECK(steps[0].state == StepState::change);
  // On the bare host alone there is nothing to restart: the file is only predicted.
  CHECK(steps[1].state == StepState::change);
  CHECK(world.gathers == 1);
  CHECK(world.performs == 0);
}

TEST_CASE("a question that only a prediction raises is asked, and keeps the predictions before it") {
  World world;
  auto curious = fake::task("curious", {}, [](const Facts& known) {
    Change change;
    if (!known.text(FileText{"/etc/a"})) change.gaps.push_back(fake::gap("a", Never{""}));
    if (!known.asked(FileText{"/late"})) change.gaps.push_back(fake::gap("late", Never{""}));
    return change;
  });
  curious.probes = [](const Facts& known) {
    std::vector<Probe> out{FileText{"/etc/a"}};
    if (known.text(FileText{"/etc/a"})) out.push_back(FileText{"/late"});
    return out;
  };
  const auto report = plan_of(world, {fake::file_task("a", "1"), curious});
  CHECK(world.gathers == 2);
  CHECK(report.hosts[0].steps[1].state == StepState::held);
}

TEST_CASE("what an earlier step makes unknowable is known after it") {
  World world;
  auto first = fake::task("install", {FileText{"/p"}}, [](const Facts&) {
    Change change;
    Facts promises;
    promises.set(FileText{"/p"}, Unknown{});
    promises.set(Unit{"u.service"}, Record{{"active", Unknown{}}});
    change.gaps.push_back(fake::gap("p", Mend{Run{{"make-p"}, "make p"}, promises}));
    return change;
  });
  auto second = fake::task("use", {FileText{"/p"}, Unit{"u.service"}}, [](const Facts& known) {
    Change change;
    const auto* answer = known.find(FileText{"/p"});
    if (const auto* unknown = std::get_if<Unknown>(answer))
      change.gaps.push_back(fake::gap("p", Later{unknown->after}));
    return change;
  });
  const auto report = plan_of(world, {first, second});
  CHECK(report.hosts[0].steps[1].state == StepState::later);
  CHECK(report.hosts[0].steps[1].because == "install");
}

TEST_CASE("a gap that nobody closes is failed, with advice, and never hides the rest of the plan") {
  World world;
  const auto report = plan_of(world, {never("driver"), fake::file_task("a", "1")});
  CHECK(report.hosts[0].steps[0].state == StepState::failed);
  CHECK(report.hosts[0].steps[0].advice == "do it by hand");
  CHECK(report.hosts[0].steps[1].state == StepState::change);
  CHECK(exit_code(report) == 2);
}

TEST_CASE("an Awaits that no later step closes is failed; one that is closed names the step") {
  World world;
  world.facts.set(FileText{"/etc/a"}, Text{"1"});
  const auto open = plan_of(world, {awaiting("runtime", "u")});
  CHECK(open.hosts[0].steps[0].state == StepState::failed);
  CHECK(open.hosts[0].steps[0].why == "it needs a restart of u, and no later step does that");

  const auto closed = plan_of(world, {awaiting("runtime", "u"), fake::unit_task("service", "u.service", "a")});
  CHECK(closed.hosts[0].steps[0].state == StepState::awaits);
  CHECK(closed.hosts[0].steps[0].because == "service");

  const auto too_early = plan_of(world, {fake::unit_task("service", "u.service", "a"), awaiting("runtime", "u")});
  CHECK(too_early.hosts[0].steps[1].state == StepState::failed);
}

TEST_CASE("verify predicts nothing and names the root of a chain of failures") {
  World world;
  auto packages = fake::file_task("packages", "1");
  auto runtime = fake::file_task("runtime", "2");
  runtime.stands_on = {"packages"};
  auto service = fake::file_task("service", "3");
  service.stands_on = {"runtime"};
  const auto report = verify_of(world, {packages, runtime, service, fake::file_task("other", "4")});
  const auto& steps = report.hosts[0].steps;
  CHECK(steps[0].state == StepState::failed);
  CHECK(steps[0].why == "file packages: expected there, observed absent");
  CHECK(steps[1].state == StepState::blocked);
  CHECK(steps[1].because == "packages");
  CHECK(steps[2].state == StepState::blocked);
  CHECK(steps[2].because == "packages");
  CHECK(steps[3].state == StepState::failed);
  CHECK(exit_code(report) == 2);
}

TEST_CASE("a passing check is never blocked") {
  World world;
  world.facts.set(FileText{"/etc/runtime"}, Text{"2"});
  auto runtime = fake::file_task("runtime", "2");
  runtime.stands_on = {"packages"};
  const auto report = verify_of(world, {fake::file_task("packages", "1"), runtime});
  CHECK(report.hosts[0].steps[1].state == StepState::held);
}

TEST_CASE("a proof never makes plan exit 2, and is decided by verify") {
  World world;
  auto proof = never("check");
  proof.proof = true;
  CHECK(exit_code(plan_of(world, {proof})) == 0);
  CHECK(exit_code(verify_of(world, {proof})) == 2);
  const auto later = plan_of(world, {fake::file_task("a", "1"), proof});
  CHECK(later.hosts[0].steps[1].state == StepState::later);
  CHECK(later.hosts[0].steps[1].because == "the changes");
}

TEST_CASE("what is left out is neither asked nor planned") {
  World world;
  auto left_out = fake::file_task("a", "1");
  left_out.left_out = true;
  const auto report = plan_of(world, {left_out});
  CHECK(world.gather_sizes == std::vector<std::size_t>{2});
  CHECK(report.hosts[0].steps[0].state == StepState::skipped);
  CHECK(exit_code(report) == 0);
}

TEST_CASE("a host that cannot be asked does not hide the others, and the order is the playbook's") {
  std::map<std::string, World> worlds;
  worlds["n1"].before_gather = [] {
    throw Error(ErrorKind::unreachable, "no route to host", {}, "is it switched on?");
  };
  worlds["n2"].facts.set(FileText{"/etc/a"}, Text{"1"});
  const std::vector<engine::Lane> lanes{{fake::host("n1"), {fake::file_task("a", "1")}},
                                        {fake::host("n2"), {fake::file_task("a", "1")}}};
  const auto report = engine::plan(lanes, fake::look_at(worlds), quiet);
  CHECK(report.hosts[0].host.name == "n1");
  CHECK(report.hosts[0].unreachable == "no route to host");
  CHECK(report.hosts[0].hint == "is it switched on?");
  CHECK(report.hosts[0].steps[0].state == StepState::skipped);
  CHECK(report.hosts[1].steps[0].state == StepState::held);
  CHECK(exit_code(report) == 3);
}
