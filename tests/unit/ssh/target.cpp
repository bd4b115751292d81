#include "ssh/target.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace gpuctl;
using namespace gpuctl::ssh;

namespace {

const Environment env{"/users/me", "me", "/run/agent", "desk.example", 1000, {}};

core::Host host(const std::string& name) {
  core::Host host;
  host.name = name;
  return host;
}

Target resolved(const core::Host& host, const std::string& text = "") {
  return resolve(host, Config::parse(text, "/c", env), env);
}

std::string way(const Target& target) {
  std::string text;
  for (const auto& hop : target.jumps) text += hop.user + "@" + hop.address + ":" + std::to_string(hop.port) + " ";
  return text;
}

}  // namespace

TEST_CASE("a bare name gets OpenSSH's defaults") {
  const Target target = resolved(host("node"));
  CHECK(target.address == "node");
  CHECK(target.port == 22);
  CHECK(target.user == "me");
  CHECK(target.agent == "/run/agent");
  CHECK(target.identities.front() == "/users/me/.ssh/id_rsa");
  CHECK(target.known_hosts.front() == "/users/me/.ssh/known_hosts");
  CHECK(target.ask_unknown);
  CHECK(target.jumps.empty());
}

TEST_CASE("the playbook wins over ssh_config") {
  core::Host given = host("node");
  given.address = "10.0.0.7";
  given.user = "admin";
  given.port = 2022;
  given.identity = "~/gpu_key";
  given.host_key = "SHA256:abc";
  const Target target = resolved(given,
                                 "Host node\n HostName other\n User u\n Port 9\n IdentityFile /k\n IdentityAgent none\n"
                                 "HostKeyAlias alias\nStrictHostKeyChecking yes\n");
  CHECK(target.text() == "admin@node (10.0.0.7)");
  CHECK(target.port == 2022);
  CHECK(target.identities == std::vector<std::string>{"/users/me/gpu_key", "/k"});
  CHECK(target.agent.empty());
  CHECK(target.host_key_alias == "alias");
  CHECK(target.pinned == "SHA256:abc");
  CHECK_FALSE(target.ask_unknown);
}

TEST_CASE("jumps: the playbook's, none, or ssh_config's") {
  const std::string text = "Host node\n ProxyJump j1,bob@j2:2200\nHost j1\n User jim\n HostName j1.example\n";
  CHECK(way(resolved(host("node"), text)) == "jim@j1.example:22 bob@j2:2200 ");
  core::Host direct = host("node");
  direct.jump_given = true;
  CHECK(way(resolved(direct, text)) == "");
  core::Host other = host("node");
  other.jump = {host("fd00::1"), host("fd00::2")};
  other.jump[0].user = "root";
  other.jump[0].port = 77;
  other.jump[1].host_key = "SHA256:abc";
  CHECK(way(resolved(other, text)) == "root@fd00::1:77 me@fd00::2:22 ");
  CHECK(resolved(other, text).jumps[1].pinned == "SHA256:abc");
  CHECK(way(resolved(host("node"), "Host node\n ProxyJump root@[fd00::1]:77,fd00::2\n")) ==
        "root@fd00::1:77 me@fd00::2:22 ");
}

TEST_CASE("the first jump is reached as ssh_config says for it, the later ones through it") {
  const std::string text = "Host a\n ProxyJump outer\nHost b\n ProxyJump elsewhere\nHost node\n ProxyJump a,b\n";
  CHECK(way(resolved(host("node"), text)) == "me@outer:22 me@a:22 me@b:22 ");
}

TEST_CASE("what no host or user can be") {
  core::Host dash = host("node");
  dash.address = "-oproxy=x";
  CHECK_THROWS_WITH(resolved(dash), "the host '-oproxy=x' begins with a dash");
  core::Host user = host("node");
  user.user = "-l";
  CHECK_THROWS_WITH(resolved(user), "the user '-l' begins with a dash");
  CHECK_THROWS_WITH(resolved(host("node"), "Host node\n HostName -x\n"), "the host '-x' begins with a dash");
  CHECK_THROWS_WITH(resolved(host("node"), "ProxyJump a:0\n"), "'a:0' is not a jump host");
  CHECK_THROWS_WITH(resolved(host("node"), "Host node\n ProxyJump -x\n"), "the host '-x' begins with a dash");
}

TEST_CASE("jump hosts in a circle") {
  CHECK_THROWS_WITH(resolved(host("node"), "Host node a b\n ProxyJump a\n"),
                    "the jump hosts of a go round in a circle");
}
