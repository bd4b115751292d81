#include "ssh/config.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "ssh/config_read.hpp"
#include "support/temp_folder.hpp"
#include "util/strings.hpp"

using namespace gpuctl::ssh;
using gpuctl::core::Error;

namespace {

Environment environment(const std::string& home) {
  char name[256] = {};
  gethostname(name, sizeof name - 1);
  return {home, "root",   "",
          name, getuid(), [](const std::string& variable) {
            return std::string(variable == "KEYS" ? "/keys" : ""); }};
}

/// `ssh -G`'s answer, keyword -> values. The home folder there is the password file's.
std::map<std::string, std::vector<std::string>> asked_of_ssh(const std::string& file, const std::string& alias) {
  const std::string command = "KEYS=/keys ssh -G -F " + file + " -- " + alias + " 2>&1 </dev/null";
  std::map<std::string, std::vector<std::string>> answer;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  char buffer[4096];
  while (std::size_t n = fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, n);
  REQUIRE_MESSAGE(pclose(pipe) == 0, text);
  for (const auto& line : gpuctl::util::lines(text)) {
    const auto blank = line.find(' ');
    if (blank != std::string::npos) answer[line.substr(0, blank)].push_back(line.substr(blank + 1));
  }
  return answer;
}

std::string one(const std::map<std::string, std::vector<std::string>>& answer, const std::string& key) {
  const auto found = answer.find(key);
  return found == answer.end() ? "" : found->second[0];
}

struct Case {
  const char* what;
  const char* text;
  std::vector<const char*> aliases;
};

// Written by hand; `ssh -G` is the judge.
const Case cases[] = {
    {"nothing said", "# empty\n", {"plain"}},
    {"the first value wins", "Host a\n User first\nHost *\n User second\n Port 2222\n", {"a", "b"}},
    {"patterns and exclusion",
     "Host gpu* !gpu9\n Port 22001\nHost *.example ?x\n Port 22002\n",
     {"gpu1", "gpu9", "n.example", "yx"}},
    {"an exclusion alone selects nothing", "Host !a\n Port 99\n", {"a", "b"}},
    {"equals signs and quotes", "Host=a\n  User = \"some one\"\n\tPort=\t77\n IdentityFile \"~/.ssh/my key\"\n", {"a"}},
    {"keywords in any case", "HOST a\n uSeR u\n HOSTNAME Node.Example\n", {"a", "A"}},
    {"comments", "Host a # not b\n  User u # of a\n#Port 9\n Port 10\n", {"a", "not"}},
    {"HostName with tokens", "Host a\n HostName %h.lan.example\n", {"a"}},
    {"Match host looks at HostName",
     "Host a\n HostName b\nMatch host b\n User hb\nMatch originalhost a\n Port 44\n",
     {"a", "b"}},
    {"Match user", "Host a\n User u\nMatch user u,v\n Port 55\nMatch user root\n Port 56\n", {"a", "c"}},
    {"Match localuser and negation",
     "Match localuser root !host x\n Port 57\nMatch !originalhost y\n User z\n",
     {"x", "y", "w"}},
    {"Match all", "Match all\n Port 58\n", {"a"}},
    {"Match final sees the result", "Match final host b\n User fin\nHost a\n HostName b\n", {"a", "c"}},
    {"Match with several conditions", "Match host a user root\n Port 61\nMatch host a user bob\n Port 62\n", {"a"}},
    {"several keys add up", "Host a\n IdentityFile /one\nHost *\n IdentityFile /two\n IdentityFile /one\n", {"a", "b"}},
    {"IdentitiesOnly", "Host a\n IdentitiesOnly yes\nHost *\n IdentitiesOnly no\n", {"a", "b"}},
    {"agents",
     "Host a\n IdentityAgent none\nHost b\n IdentityAgent SSH_AUTH_SOCK\nHost c\n IdentityAgent /run/%u/agent\n",
     {"a", "b"}},
    {"jumps",
     "Host a\n ProxyJump j1,root@j2:2200\nHost b\n ProxyJump none\nHost *\n ProxyJump last\n",
     {"a", "b", "c"}},
    {"ProxyJump before ProxyCommand", "Host a\n ProxyJump j\n ProxyCommand nc %h\n", {"a"}},
    {"known_hosts",
     "Host a\n HostKeyAlias k\n UserKnownHostsFile /a /b\n GlobalKnownHostsFile /g\n StrictHostKeyChecking "
     "accept-new\n",
     {"a"}},
    {"more known_hosts",
     "Host a\n UserKnownHostsFile /x/%h /y/%n\n StrictHostKeyChecking yes\nHost *\n StrictHostKeyChecking no\n",
     {"a", "b"}},
    {"times",
     "Host a\n ConnectTimeout 7\nHost b\n ConnectTimeout 1m30s\nHost c\n ConnectTimeout none\n",
     {"a", "b", "c"}},
};

std::string strictness(const std::string& word) {
  if (word == "yes") return "true";
  if (word == "no" || word == "off") return "false";
  return word;
}

void compare(const std::string& file, const std::string& text, const std::string& alias, const Environment& env) {
  CAPTURE(alias);
  const auto theirs = asked_of_ssh(file, alias);
  const HostConfig ours = Config::parse(text, file, env).lookup(alias, "", env);
  CHECK(ours.hostname == one(theirs, "hostname"));
  CHECK(ours.user.value_or("root") == one(theirs, "user"));
  CHECK(std::to_string(ours.port.value_or(22)) == one(theirs, "port"));
  CHECK((ours.identities_only.value_or(false) ? "yes" : "no") == one(theirs, "identitiesonly"));
  CHECK(ours.identity_agent.value_or("") == one(theirs, "identityagent"));
  CHECK(ours.host_key_alias.value_or("") == one(theirs, "hostkeyalias"));
  const std::string jump = ours.proxy_jump.value_or("none");
  CHECK((jump == "none" ? "" : jump) == one(theirs, "proxyjump"));
  CHECK(strictness(ours.strict.value_or("ask")) == one(theirs, "stricthostkeychecking"));
  const std::string timeout = ours.connect_timeout ? std::to_string(*ours.connect_timeout) : "none";
  CHECK(timeout == one(theirs, "connecttimeout"));
  if (!ours.identity_files.empty()) {
    auto keys = theirs.at("identityfile");
    for (auto& key : keys)
      if (key.starts_with("~/")) key = env.home + key.substr(1);
    CHECK(ours.identity_files == keys);
  }
  if (!ours.user_known_hosts.empty())
    CHECK(gpuctl::util::join(ours.user_known_hosts, " ") == one(theirs, "userknownhostsfile"));
  if (!ours.global_known_hosts.empty())
    CHECK(gpuctl::util::join(ours.global_known_hosts, " ") == one(theirs, "globalknownhostsfile"));
}

}  // namespace

TEST_CASE("what ssh -G says, we say") {
  const TempFolder folder;
  const Environment env = environment("/root");
  for (const auto& each : cases) {
    CAPTURE(each.what);
    const std::string file = folder.write("config", each.text, 0600);
    for (const char* alias : each.aliases) compare(file, each.text, alias, env);
  }
}

TEST_CASE("Include: globs, and what a file selects ends with it") {
  const TempFolder folder;
  const Environment env = environment(folder.path());
  folder.write("conf.d/1", "Host a\n Port 7001\nHost z\n", 0600);
  folder.write("conf.d/2", "User from_two\nHost b\n Port 7002\n", 0600);
  const std::string text = "Include " + folder.path() + "/conf.d/* /nowhere/*\nHostKeyAlias after\nHost b\n Include " +
                           folder.path() + "/conf.d/3\n Host *\n";
  folder.write("conf.d/3", "IdentityFile /three\n", 0600);
  const std::string file = folder.write("config", text, 0600);
  for (const char* alias : {"a", "b", "c"}) compare(file, text, alias, env);
}

TEST_CASE("Include is relative to ~/.ssh") {
  const TempFolder home;
  home.write(".ssh/sub", "Port 7003\n", 0600);
  home.write(".ssh/config", "Include sub\n", 0600);
  const Environment env = environment(home.path());
  CHECK(Config::load(env, "/nonexistent").lookup("a", "", env).port == 7003);
}

TEST_CASE("environment variables and tokens in paths") {
  const Environment env = environment("/users/me");
  const auto found = Config::parse("IdentityFile ${KEYS}/%r@%h:%p-%n\nIdentityFile ~/k\nUser u\nPort 5\n", "c", env)
                         .lookup("Node", "", env);
  CHECK(found.identity_files == std::vector<std::string>{"/keys/u@node:5-Node", "/users/me/k"});
}

TEST_CASE("what cannot be honoured is refused by name, with its place, only where it applies") {
  const Environment env = environment("/users/me");
  struct {
    const char* text;
    const char* alias;
    const char* message;
    int line;
  } const refused[] = {
      {"Host a\n ProxyCommand nc %h %p\n", "a", "ProxyCommand is not supported", 2},
      {"Host b\nMatch host a exec \"true\"\n Port 1\n", "a", "Match exec is not supported", 2},
      {"Match tagged x\n", "a", "Match tagged is not supported", 1},
      {"CanonicalizeHostname always\n", "a", "CanonicalizeHostname is not supported", 1},
      {"RevokedHostKeys /krl\n", "a", "RevokedHostKeys is not supported", 1},
      {"Port seven\n", "a", "Port is 'seven', expected 1 to 65535", 1},
      {"\n\nUser \"x\n", "a", "a quote without its end", 3},
      {"User\n", "a", "User has no value", 1},
      {"IdentityFile %x\n", "a", "the token %x in '%x' is not known here", 1},
      {"IdentityFile ${NONE}/x\n", "a", "the environment variable NONE is not set", 1},
  };
  for (const auto& each : refused) {
    CAPTURE(each.text);
    try {
      Config::parse(each.text, "/c", env).lookup(each.alias, "", env);
      FAIL("nothing was refused");
    } catch (const Error& error) {
      CHECK(error.message() == each.message);
      CHECK(error.where().file == "/c");
      CHECK(error.where().line == each.line);
    }
  }
  CHECK_NOTHROW(Config::parse("Host b\n ProxyCommand x\nMatch host b exec y\n", "/c", env).lookup("a", "", env));
  CHECK_NOTHROW(Config::parse("ProxyCommand none\nProxyCommand x\n", "/c", env).lookup("a", "", env));
}

TEST_CASE("a file that others may write is refused") {
  const TempFolder home;
  home.write(".ssh/config", "Port 1\n", 0622);
  CHECK_THROWS_AS(Config::load(environment(home.path()), "/nonexistent"), Error);
}

TEST_CASE("a file that includes itself ends") {
  const TempFolder home;
  home.write(".ssh/config", "Include config\n", 0600);
  CHECK_THROWS_AS(Config::load(environment(home.path()), "/nonexistent"), Error);
}

TEST_CASE("a Host pattern may name the address or the playbook's name") {
  const Environment env = environment("/users/me");
  const Config config =
      Config::parse("Host 10.*\n User by_address\nHost worker\n Port 9\n HostName elsewhere\n", "c", env);
  const HostConfig found = config.lookup("worker", "", env, "10.0.0.1");
  CHECK(found.user == "by_address");
  CHECK(found.port == 9);
  CHECK(found.hostname == "10.0.0.1");
}
