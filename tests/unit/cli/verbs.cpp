#include "cli/run.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "support/fake_world.hpp"
#include "support/golden.hpp"
#include "support/temp_folder.hpp"

using namespace gpuctl;

namespace {

const char* site = R"(apiVersion: gpuctl/v1
hosts:
  n1: {address: 192.0.2.1}
steps:
  - check: {command: [cat, /etc/motto], expect_text: calm}
    name: motto
  - service: {unit: agent, restart: when_needed}
)";

core::Record unit(const std::string& active) {
  return {{"load", "loaded"},
          {"active", active},
          {"sub", active == "active" ? "running" : "dead"},
          {"enabled", "enabled"},
          {"since", core::Time{1'700'000'000'000'000}},
          {"started", core::Time{1'700'000'000'000'000}},
          {"needs_reload", "no"},
          {"kill_mode", "process"},
          {"fragment", "/etc/systemd/system/agent.service"},
          {"result", "success"}};
}

/// A process whose surroundings are all in memory.
class Desk {
 public:
  Desk() {
    files["site.yaml"] = site;
    variables = {{"XDG_STATE_HOME", state.path()}, {"LANG", "C.UTF-8"}};
    node.facts.set(core::Clock{}, core::Record{{"now", core::Time{1'700'000'100'000'000}}});
    node.facts.set(core::Platform{}, core::Record{{"name", "Debian"}, {"version", "12"}, {"systemd", "yes"}});
    node.facts.set(core::Unit{"agent.service"}, unit("active"));
    say("calm");
  }

  void say(const std::string& motto) {
    node.facts.set(core::Command{{"cat", "/etc/motto"}, false},
                   core::Record{{"exit", "0"}, {"stdout", motto + "\n"}, {"stderr", ""}});
  }

  int run(std::vector<const char*> words) {
    out.clear();
    err.clear();
    words.insert(words.begin(), "gpuctl");
    const auto parsed = cli::parse(static_cast<int>(words.size()), words.data());
    REQUIRE_MESSAGE(parsed.arguments, parsed.text);
    auto world = this->world();
    return cli::run(*parsed.arguments, world);
  }

  const TempFolder state;
  fake::World node;
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> variables;
  std::optional<bool> answer;
  std::string out;
  std::string err;
  int questions = 0;

 private:
  struct Hosts : cli::Fleet {
    explicit Hosts(fake::World& world) : world_(world) {}
    core::Observer& observer(const engine::Lane&) override { return world_; }
    core::Actor& actor(const engine::Lane&) override { return world_; }
    core::Prover& prover(const engine::Lane&) override {
      throw core::Error(core::ErrorKind::failed, "no cluster here");
    }
    core::SecretStore& secrets() override { throw core::Error(core::ErrorKind::failed, "no cluster here"); }
    fake::World& world_;
  };

  cli::World world() {
    cli::World world;
    world.variable = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      if (found == variables.end()) return {};
      return found->second;
    };
    world.out = [this](std::string_view text) { out += text; };
    world.err = [this](std::string_view text) { err += text; };
    world.read = [this](const std::string& path) {
      const auto found = files.find(path);
      if (found == files.end()) throw core::Error(core::ErrorKind::invalid, "cannot read " + path);
      return found->second;
    };
    world.list = [this](const std::string& path) {
      std::vector<std::string> out;
      for (const auto& [name, content] : files)
        if (name == path || name.starts_with(path + "/")) out.push_back(name);
      return out;
    };
    world.write = [this](const std::string& path, const std::string& content) {
      (path == "-" ? out : files[path]) += content;
    };
    world.redact = [](const std::string& text) { return text; };
    world.confirm = [this](const std::string&) {
      ++questions;
      return answer;
    };
    world.fleet = [this](const cli::Arguments&, const std::optional<core::Cluster>&) {
      return std::make_unique<Hosts>(node);
    };
    return world;
  }
};

/// A report without what differs from run to run.
std::string timeless(std::string text) {
  const auto at = text.rfind("  ");
  return at == std::string::npos ? text : text.substr(0, at) + "\n";
}

}  // namespace

TEST_CASE("converged: plan and verify exit with 0") {
  Desk desk;
  CHECK(desk.run({"plan", "site.yaml"}) == 0);
  CHECK(golden::same("cli/plan-converged.txt", timeless(desk.out)));
  CHECK(desk.run({"verify", "site.yaml"}) == 0);
  CHECK(golden::same("cli/verify-converged.txt", timeless(desk.out)));
  CHECK(desk.err.empty());
}

TEST_CASE("a check that fails: plan exits with 0, verify with 2, provision with 1") {
  Desk desk;
  desk.say("hectic");
  CHECK(desk.run({"plan", "site.yaml"}) == 0);
  CHECK(desk.run({"verify", "site.yaml"}) == 2);
  CHECK(golden::same("cli/verify-failed.txt", timeless(desk.out)));
  CHECK(desk.run({"provision", "site.yaml", "--yes"}) == 1);
  CHECK(desk.node.performs == 0);
}

TEST_CASE("provision asks, and does nothing unless it is told yes") {
  Desk desk;
  desk.node.facts.set(core::Unit{"agent.service"}, unit("inactive"));
  CHECK(desk.run({"provision", "site.yaml"}) == 4);
  CHECK(golden::same("cli/provision-no-terminal.txt", desk.err));
  desk.answer = false;
  CHECK(desk.run({"provision", "site.yaml"}) == 4);
  CHECK(golden::same("cli/provision-not-confirmed.txt", desk.err));
  CHECK(desk.node.performs == 0);
  CHECK(desk.run({"provision", "site.yaml", "--dry-run"}) == 2);
  CHECK(desk.questions == 2);
}

TEST_CASE("provision acts once it is told yes, and again there is nothing to do") {
  Desk desk;
  desk.node.facts.set(core::Unit{"agent.service"}, unit("inactive"));
  desk.node.effects["restart agent.service"] = [](core::Facts& facts) {
    auto after = unit("active");
    after["since"] = after["started"] = core::Time{1'700'000'200'000'000};
    facts.set(core::Unit{"agent.service"}, after);
  };
  desk.answer = true;
  CHECK(desk.run({"provision", "site.yaml"}) == 0);
  CHECK(desk.node.performed == std::vector<std::string>{"restart agent.service"});
  CHECK(desk.run({"provision", "site.yaml"}) == 0);
  CHECK(desk.node.performs == 1);
  CHECK(desk.questions == 1);
}

TEST_CASE("a saved plan needs no playbook on the command line, and is refused once it is stale") {
  Desk desk;
  desk.node.facts.set(core::Unit{"agent.service"}, unit("inactive"));
  CHECK(desk.run({"plan", "site.yaml", "--out", "plan.json"}) == 2);
  desk.node.effects["restart agent.service"] = [](core::Facts& facts) {
    facts.set(core::Unit{"agent.service"}, unit("active"));
  };
  CHECK(desk.run({"provision", "--plan", "plan.json", "--yes"}) == 0);
  CHECK(desk.node.performs == 1);
  CHECK(desk.run({"provision", "--plan", "plan.json", "--yes"}) == 4);
  CHECK(golden::same("cli/provision-stale.txt", desk.err));
  CHECK(desk.node.performs == 1);
}

TEST_CASE("names that the playbook does not have are wrong usage") {
  Desk desk;
  CHECK(desk.run({"plan", "site.yaml", "--only", "sevrice"}) == 64);
  CHECK(golden::same("cli/unknown-step.txt", desk.err));
  CHECK(desk.run({"plan", "site.yaml", "--limit", "other"}) == 64);
  CHECK(golden::same("cli/unknown-host.txt", desk.err));
  CHECK(desk.run({"plan", "other.yaml"}) == 1);
}

TEST_CASE("--only and --skip leave steps out") {
  Desk desk;
  CHECK(desk.run({"plan", "site.yaml", "--only", "motto"}) == 0);
  CHECK(golden::same("cli/plan-only.txt", timeless(desk.out)));
  CHECK(desk.run({"plan", "site.yaml", "--skip", "motto"}) == 0);
}

TEST_CASE("JSON on standard output stands there alone; files beside the text") {
  Desk desk;
  CHECK(desk.run({"verify", "site.yaml", "--json", "-"}) == 0);
  CHECK(desk.out.starts_with("{\n"));
  CHECK(desk.out.ends_with("}\n"));
  CHECK(desk.run({"verify", "site.yaml", "--json", "r.json", "--junit", "r.xml"}) == 0);
  CHECK(desk.files["r.json"].starts_with("{"));
  CHECK(desk.files["r.xml"].starts_with("<?xml"));
  CHECK(desk.out.starts_with("n1 "));
}

TEST_CASE("annotations under GitHub's actions") {
  Desk desk;
  desk.variables["GITHUB_ACTIONS"] = "true";
  desk.say("hectic");
  CHECK(desk.run({"verify", "site.yaml"}) == 2);
  CHECK(desk.out.find("::error file=site.yaml,line=5,") != std::string::npos);
}

TEST_CASE("every run leaves a record") {
  Desk desk;
  CHECK(desk.run({"verify", "site.yaml"}) == 0);
  int records = 0;
  for (const auto& run : std::filesystem::directory_iterator(desk.state.at("gpuctl/runs")))
    records += std::filesystem::exists(run.path() / "report.json") ? 1 : 0;
  CHECK(records == 1);
}

TEST_CASE("a host that cannot be asked is 3, and says why") {
  Desk desk;
  desk.node.before_gather = [] {
    throw core::Error(core::ErrorKind::unreachable, "192.0.2.1 port 22: connection refused", {}, "is sshd running?");
  };
  CHECK(desk.run({"verify", "site.yaml"}) == 3);
  CHECK(golden::same("cli/unreachable.txt", timeless(desk.out)));
  CHECK(desk.run({"facts", "n1", "--playbook", "site.yaml"}) == 3);
}
