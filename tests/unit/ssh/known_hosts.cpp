#include "ssh/known_hosts.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "support/temp_folder.hpp"

using namespace gpuctl;
using namespace gpuctl::ssh;

namespace {

// Bodies need not be keys: lines are compared as they are.
const PublicKey ed{"ssh-ed25519", "AAAAed", "SHA256:e"};
const PublicKey rsa{"ssh-rsa", "AAAArsa", "SHA256:r"};

struct Line {
  const char* text;
  const char* name;
  Trust trust;
  int line;
};

}  // namespace

TEST_CASE("what the lines say about a key") {
  const Line cases[] = {
      {"", "node", Trust::unknown, 0},
      {"# node ssh-ed25519 AAAAed\nnode ssh-ed25519\n", "node", Trust::unknown, 0},
      {"node ssh-ed25519 AAAAed comment\n", "node", Trust::known, 1},
      {"node\tssh-ed25519\tAAAAed\n", "node", Trust::known, 1},
      {"a,node,b ssh-ed25519 AAAAed\n", "node", Trust::known, 1},
      {"NODE ssh-ed25519 AAAAed\n", "node", Trust::known, 1},
      {"*.example,!bad.example ssh-ed25519 AAAAed\n", "good.example", Trust::known, 1},
      {"*.example,!bad.example ssh-ed25519 AAAAed\n", "bad.example", Trust::unknown, 0},
      {"node ssh-ed25519 AAAAother\n", "node", Trust::changed, 1},
      {"node ssh-ed25519 AAAAother\nnode ssh-ed25519 AAAAed\n", "node", Trust::known, 2},
      {"node ssh-rsa AAAArsa\n", "node", Trust::other_type, 1},
      {"node ssh-rsa AAAArsa\nnode ssh-ed25519 AAAAother\n", "node", Trust::changed, 2},
      {"node ssh-ed25519 AAAAed\n@revoked * ssh-ed25519 AAAAed\n", "node", Trust::revoked, 2},
      {"node ssh-ed25519 AAAAed\n@revoked * ssh-ed25519 AAAAother\n", "node", Trust::known, 1},
      {"@cert-authority *.example ssh-ed25519 AAAAed\n", "a.example", Trust::by_authority, 1},
      {"@cert-authority * ssh-ed25519 AAAAca\nnode ssh-ed25519 AAAAed\n", "node", Trust::known, 2},
      {"[node]:2222 ssh-ed25519 AAAAed\n", "[node]:2222", Trust::known, 1},
      {"[node]:2222 ssh-ed25519 AAAAed\n", "node", Trust::unknown, 0},
      {"[node]:* ssh-ed25519 AAAAed\n", "[node]:2222", Trust::known, 1},
      {"node ssh-ed25519 AAAAed\n", "[node]:2222", Trust::known, 1},
      {"node ssh-ed25519 AAAAother\n", "[node]:2222", Trust::unknown, 0},
      {"@revoked node ssh-ed25519 AAAAed\n", "[node]:2222", Trust::revoked, 1},
  };
  for (const auto& each : cases) {
    CAPTURE(each.text);
    CAPTURE(each.name);
    KnownHosts hosts;
    hosts.add(each.text, "/k");
    const Judgement judgement = hosts.judge(each.name, ed);
    CHECK(judgement.trust == each.trust);
    CHECK(judgement.where.line == each.line);
  }
}

TEST_CASE("hashed names") {
  // HMAC-SHA1 of `hashed.example`, keyed with the salt: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
  const char* line = "|1|MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=|R4nOiQEw70IuU4FgwayZHdjiBPM= ssh-ed25519 AAAAed\n";
  KnownHosts hosts;
  hosts.add(line, "/k");
  CHECK(hosts.judge("hashed.example", ed).trust == Trust::known);
  CHECK(hosts.judge("other.example", ed).trust == Trust::unknown);
  CHECK(hosts.types("hashed.example") == std::vector<std::string>{"ssh-ed25519"});
}

TEST_CASE("the known types are asked for first") {
  KnownHosts hosts;
  hosts.add("node ssh-rsa AAAArsa\nnode ssh-dss AAAAdss\n@revoked node ecdsa-sha2-nistp256 AAAAec\n", "/k");
  CHECK(hosts.types("node") == std::vector<std::string>{"ssh-rsa"});
  CHECK(hosts.types("[node]:99") == std::vector<std::string>{"ssh-rsa"});
  CHECK(host_key_order(hosts.types("node")).starts_with("rsa-sha2-512,rsa-sha2-256,ssh-ed25519"));
  CHECK(host_key_order({}).starts_with("ssh-ed25519,"));
}

TEST_CASE("how a host is called") {
  CHECK(known_host_name("Node.Example", 22, "") == "node.example");
  CHECK(known_host_name("node", 2222, "") == "[node]:2222");
  CHECK(known_host_name("fd00::1", 22, "") == "fd00::1");
  CHECK(known_host_name("node", 2222, "alias") == "alias");
}

TEST_CASE("remembering appends a line of its own") {
  const TempFolder folder;
  const std::string file = folder.write("kh", "a ssh-rsa AAAA", 0640);
  remember(file, "node", ed);
  remember(file, "[node]:9", rsa);
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  CHECK(text == "a ssh-rsa AAAA\nnode ssh-ed25519 AAAAed\n[node]:9 ssh-rsa AAAArsa\n");
  remember(folder.at("new/kh"), "node", ed);
  struct stat status{};
  REQUIRE(stat(folder.at("new/kh").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK_THROWS(remember("/proc/nowhere/kh", "node", ed));
}
