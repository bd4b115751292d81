#include "engine/saved_plan.hpp"

#include <doctest/doctest.h>

#include "core/action.hpp"
#include "engine/plan.hpp"
#include "engine/stale.hpp"
#include "support/fake_world.hpp"

using namespace gpuctl;
using namespace gpuctl::core;
using fake::quiet;
using fake::World;

namespace {

const KubeRef an_object{"apps/v1", "DaemonSet", "space", "name"};
const Fields some_fields{
    {"/metadata/labels/a~1b", {"text \xff", true}}, {"/spec/n", {"1", false}}, {"/spec/x", {"{}", false}}};

std::vector<Probe> every_probe() {
  return {Clock{},
          Platform{},
          FileText{"/a"},
          Stat{"/b"},
          Files{"/c/*"},
          Stats{"/d/*"},
          Keyring{"/e"},
          Handlers{"/f"},
          HandlersAfterConfigure{"/g", "/h", "nvidia", true},
          Package{"i"},
          Available{"j"},
          AptIndex{"https://k", "/"},
          Unit{"l.service"},
          Command{{"m", "n"}, false, 7},
          Download{"https://o"},
          KubeServer{},
          KubeObject{an_object},
          KubeList{"v1", "Pod", "p", "q=r", "s=t", {"/status"}},
          KubeDryRun{an_object, some_fields, "manager", true},
          KubeLog{"u", "v", "w", 3},
          KubeLookup{an_object},
          KubeApis{},
          HelmReleases{"x", "y"},
          PodProof{an_object, some_fields, 5}};
}

HelmChange every_field_of_a_release() {
  HelmChange out;
  out.what = "upgrade";
  out.name = "one";
  out.namespace_ = "space";
  out.revision = 3;
  out.replaces = true;
  out.from = 2;
  out.content = "word";
  out.copy_of = 1;
  out.origin = "digest";
  out.description = "why";
  out.before = {{an_object, some_fields, 4, {"hook-succeeded"}}};
  out.objects = {{an_object, some_fields, "helm", true}};
  out.gone = {{an_object, "uid"}};
  out.after = out.before;
  out.migrate = true;
  out.wait = true;
  out.timeout_s = 5;
  out.history_max = 6;
  out.keep_history = true;
  out.made = {{an_object, "", "Orphan"}};
  auto back = out;
  back.what = "rollback";
  out.if_it_fails = {back};
  return out;
}

std::vector<Action> every_action() {
  return {WriteFile{"/a", std::string("\xff\x00z", 3), "0600", "u", "g"},
          RemoveFile{"/b"},
          InstallPackages{{{"c", "1"}, {"d", ""}}, true, 9},
          ConfigurePackages{8},
          HoldPackages{{"e"}, false},
          RefreshIndex{"/f", "https://g", "/", 7},
          RestartUnit{"h"},
          EnableUnit{"i"},
          Run{{"j", "k"}, "title", 6},
          KubeApply{an_object, some_fields, "manager", true},
          KubeDelete{an_object, "uid", "Foreground"},
          KubeTaint{"node", "key", "value", "NoExecute", true},
          every_field_of_a_release()};
}

std::vector<Answer> every_answer() {
  return {Absent{},
          Text{"text · \n"},
          Text{std::string("\xfe\x00", 2)},
          Failed{"why"},
          Unknown{"step"},
          Record{},
          Record{{"a", "text"}, {"b", Time{5, true}}, {"c", Absent{}}, {"d", Unknown{"x"}}}};
}

template <class... Ts>
std::size_t kinds_of(const std::variant<Ts...>&) {
  return sizeof...(Ts);
}

engine::SavedPlan full_plan() {
  engine::SavedPlan plan;
  plan.origin = {"site.yaml", {"o.yaml"}, {"v.yaml"}, {{"a", "b=c"}}, {"x"}, {"y"}};
  plan.sha256 = "abc";
  plan.salt = "salt";
  plan.id = "id";
  plan.started = "now";
  engine::SavedHost host{"n1", {}, {}};
  const auto answers = every_answer();
  std::size_t i = 0;
  for (const auto& probe : every_probe()) host.observed.set(probe, answers[i++ % answers.size()]);
  engine::SavedStep step{"s", {}};
  step.change.held = {{"what", "expected", "observed \xff", Outcome::waived, "because"}};
  for (const auto& action : every_action()) step.change.gaps.push_back(fake::gap("g", Mend{action, host.observed}));
  for (Remedy remedy : std::vector<Remedy>{Awaits{"u"}, Wait{}, Never{"advice"}, Later{"step"}})
    step.change.gaps.push_back(fake::gap("r", remedy));
  step.change.gaps[0].disruption = {{"u1", "u2"}, "note"};
  step.change.gaps[0].diffs = {{"/p", "before", "after\xff", true, false}};
  host.steps = {step};
  plan.hosts = {host};
  return plan;
}

std::vector<engine::Lane> saved_site() {
  return {{fake::host("n1"), {fake::file_task("list", "x"), fake::file_task("config", "y")}}};
}

engine::SavedPlan saved(World& world) {
  const auto lanes = saved_site();
  auto report = engine::plan(lanes, fake::look_at(world), quiet);
  return engine::from_json(engine::to_json(engine::save(report, {"site.yaml", {}, {}, {}, {}, {}}, "digest", "salt")),
                           "f");
}

template <class F>
std::string refusal(F action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::refused);
    return error.message();
  }
  return "";
}

}  // namespace

TEST_CASE("every kind of probe, action, answer and remedy is saved and read back") {
  const auto plan = full_plan();
  CHECK(every_probe().size() == kinds_of(Probe{}));
  CHECK(every_action().size() == kinds_of(Action{}));
  const auto text = engine::to_json(plan);
  const auto back = engine::from_json(text, "plan.json");
  CHECK(engine::to_json(back) == text);
  CHECK(back.origin == plan.origin);
  CHECK(back.salt == plan.salt);
  REQUIRE(back.hosts.size() == 1);
  CHECK(back.hosts[0].observed.all().size() == every_probe().size());
  for (const auto& [probe, answer] : plan.hosts[0].observed.all()) {
    const auto* found = back.hosts[0].observed.find(probe);
    REQUIRE_MESSAGE(found, describe(probe));
    CHECK_MESSAGE(equal(*found, answer), describe(probe));
  }
  const auto& gaps = back.hosts[0].steps[0].change.gaps;
  REQUIRE(gaps.size() == every_action().size() + 4);
  const auto actions = actions_of(back.hosts[0].steps[0].change);
  for (std::size_t i = 0; i < actions.size(); ++i) CHECK(equal(actions[i], every_action()[i]));
  CHECK(gaps[0].diffs[0].after == "after\xff");
  CHECK(gaps[0].disruption.restarts == std::vector<std::string>{"u1", "u2"});
}

TEST_CASE("what is no saved plan is said to be none") {
  for (const char* text : {"", "{}", "[]", "{\"gpuctl_plan\": 3}", "{\"gpuctl_plan\": 3, \"origin\": []}"}) {
    try {
      engine::from_json(text, "plan.json");
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::invalid);
      CHECK(error.message().starts_with("plan.json is no saved plan: "));
    }
  }
  CHECK(refusal([] { engine::from_json("{\"gpuctl_plan\": 99}", "plan.json"); }) ==
        "plan.json was saved by another version of gpuctl (format 99, this one reads 3)");
}

TEST_CASE("a saved plan is performed as it was reviewed") {
  World world;
  const auto plan = saved(world);
  auto lanes = saved_site();
  const auto planned = engine::revive(plan, lanes, "digest", fake::look_at(world), quiet);
  CHECK(planned.hosts[0].steps[0].state == StepState::change);
  const auto report = engine::provision(lanes, planned, fake::hands_of(world), quiet);
  CHECK(exit_code(report) == 0);
  CHECK(world.performed.size() == 2);
}

TEST_CASE("a plan whose answers have moved is refused, naming host, question, then and now") {
  World world;
  world.facts.set(Clock{}, Record{{"now", Time{1}}});
  const auto plan = saved(world);
  auto lanes = saved_site();
  world.facts.set(Clock{}, Record{{"now", Time{2}}});
  CHECK_NOTHROW(engine::revive(plan, lanes, "digest", fake::look_at(world), quiet));
  world.facts.set(FileText{"/etc/list"}, Text{"by hand"});
  CHECK(refusal([&] { engine::revive(plan, lanes, "digest", fake::look_at(world), quiet); }) ==
        "the plan is stale: what it was decided on has moved\nn1: file /etc/list: then absent, now \"by hand\"");
  CHECK(world.performs == 0);
}

TEST_CASE("a plan of another playbook is refused") {
  World world;
  const auto plan = saved(world);
  auto lanes = saved_site();
  CHECK(refusal([&] { engine::revive(plan, lanes, "other", fake::look_at(world), quiet); }) ==
        "the saved plan is of another playbook: what it declares has changed since");
  lanes[0].tasks.pop_back();
  CHECK(refusal([&] { engine::revive(plan, lanes, "digest", fake::look_at(world), quiet); }) ==
        "the saved plan is of another playbook: its steps for n1 differ");
  lanes.clear();
  CHECK(refusal([&] { engine::revive(plan, lanes, "digest", fake::look_at(world), quiet); }) ==
        "the saved plan is of another playbook: it has no host n1");
}

TEST_CASE("a unit that was restarted since makes a plan stale; what only a proof asks does not") {
  auto unit = fake::task("service", {Unit{"u.service"}}, [](const Facts&) { return Change{}; });
  auto proof = fake::task("check", {Command{{"date"}}}, [](const Facts&) { return Change{}; });
  proof.proof = true;
  const engine::Lane lane{fake::host("n1"), {unit, proof}};
  Facts then;
  then.set(Unit{"u.service"}, Record{{"active", "active"}, {"since", Time{1'000'000}}});
  then.set(Command{{"date"}}, Record{{"stdout", "monday"}});
  Facts now = then;
  now.set(Command{{"date"}}, Record{{"stdout", "tuesday"}});
  CHECK(engine::moved(lane, then, now).empty());
  now.set(Unit{"u.service"}, Record{{"active", "active"}, {"since", Time{61'000'000}}});
  const auto moves = engine::moved(lane, then, now);
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].what == "unit u.service: then since: 1970-01-01 00:00:01 UTC, now 1970-01-01 00:01:01 UTC");
}

TEST_CASE("an object of the cluster counts without what the cluster keeps up to date, and is told once") {
  const KubeObject node{{"v1", "Node", "", "n1"}};
  const KubeList pods{"v1", "Pod", "", "", "", {}};
  const auto look = fake::task("node", {node, pods}, [](const Facts&) { return Change{}; });
  const engine::Lane host{fake::host("n1"), {look}};
  engine::Lane cluster{fake::host("cluster"), {look}};
  cluster.cluster = true;
  Facts then;
  then.set(pods, Record{});
  then.set(
      node,
      Record{{"/metadata/labels/a", "b"}, {"/metadata/resourceVersion", "1"}, {"/status/x", "1"}, {"managers", "m"}});
  Facts now = then;
  now.set(pods, Record{{"ns/pod", "uid"}});
  now.set(
      node,
      Record{{"/metadata/labels/a", "b"}, {"/metadata/resourceVersion", "2"}, {"/status/x", "2"}, {"managers", "o"}});
  CHECK(engine::moved(cluster, then, now).empty());
  now.set(
      node,
      Record{{"/metadata/labels/a", "c"}, {"/metadata/resourceVersion", "3"}, {"/status/x", "2"}, {"managers", "o"}});
  const auto moves = engine::moved(cluster, then, now);
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].host == "cluster");
  CHECK(moves[0].what == "Node n1: then /metadata/labels/a: b, now c");
  CHECK(engine::moved(host, then, now) == moves);
}

TEST_CASE("a plan that waited for a person is asked about again") {
  World world;
  const auto lanes = saved_site();
  const auto planned = engine::plan(lanes, fake::look_at(world), quiet);
  CHECK_NOTHROW(engine::demand_fresh(planned, lanes, fake::look_at(world)));
  world.facts.set(FileText{"/etc/config"}, Text{"y"});
  CHECK_FALSE(refusal([&] { engine::demand_fresh(planned, lanes, fake::look_at(world)); }).empty());
}
