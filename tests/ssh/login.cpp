#include <doctest/doctest.h>

#include <signal.h>
#include <unistd.h>

#include <filesystem>

#include "ssh/fixture.hpp"

using namespace gpuctl;
using namespace gpuctl::ssh;
using core::Error;
using core::ErrorKind;

namespace {

/// One command after a login: it works.
void log_in_and_run(const Target& target, Prompt& prompt) {
  Client client(prompt, {});
  Connection connection = client.open(target);
  Stream stream = connection.exec("echo in");
  CHECK(read_all(stream) == "in\n");
}

Error login_error(const Target& target, Prompt& prompt) {
  Client client(prompt, {});
  return error_of([&] { client.open(target); });
}

bool has(const Error& error, const std::string& text) {
  const std::string all = error.message() + "\n" + error.hint();
  const bool found = all.find(text) != std::string::npos;
  if (!found) MESSAGE("the error says: " << all);
  return found;
}

}  // namespace

TEST_CASE("host keys") {
  const Sshd server({}, {"ed25519", "ecdsa", "rsa"});
  Answers answers;
  Target target = target_of(server);
  const TempFolder folder;
  const std::string name = "[127.0.0.1]:" + std::to_string(server.port());

  SUBCASE("known: nobody is asked") {
    log_in_and_run(target, answers);
    CHECK(answers.confirmed == 0);
  }
  SUBCASE("known under a hashed name") {
    folder.write("kh", name + " " + server.host_key() + "\n", 0600);
    run({"ssh-keygen", "-q", "-H", "-f", folder.at("kh")});
    CHECK(slurp(folder.at("kh")).starts_with("|1|"));
    target.known_hosts = {folder.at("kh")};
    log_in_and_run(target, answers);
    CHECK(answers.confirmed == 0);
  }
  SUBCASE("known by another type than the one wanted most: that type is negotiated") {
    target.known_hosts = {folder.write("kh", name + " " + server.host_key("rsa") + "\n")};
    log_in_and_run(target, answers);
    CHECK(answers.confirmed == 0);
  }
  SUBCASE("unknown: shown, asked, remembered") {
    target.known_hosts = {folder.at("new/known_hosts"), server.known_hosts() + "-none"};
    log_in_and_run(target, answers);
    CHECK(answers.confirmed == 1);
    CHECK(answers.host == name);
    CHECK(answers.type == "ssh-ed25519");
    CHECK(answers.fingerprint == server.host_fingerprint());
    CHECK(slurp(target.known_hosts[0]) == name + " " + server.host_key() + "\n");
    log_in_and_run(target, answers);
    CHECK(answers.confirmed == 1);
    // ssh-keygen finds what was written.
    CHECK_NOTHROW(run({"ssh-keygen", "-F", name, "-f", target.known_hosts[0]}));
  }
  SUBCASE("unknown and not confirmed") {
    target.known_hosts = {folder.at("kh")};
    answers.yes = false;
    const Error error = login_error(target, answers);
    CHECK(error.kind() == ErrorKind::refused);
    CHECK(has(error, "the host key of " + name + " is not known: ssh-ed25519 " + server.host_fingerprint()));
    CHECK_FALSE(std::filesystem::exists(folder.at("kh")));
  }
  SUBCASE("unknown and nobody there: the fingerprint and what to do") {
    target.known_hosts = {folder.at("kh")};
    answers.present = false;
    const Error error = login_error(target, answers);
    CHECK(error.kind() == ErrorKind::refused);
    CHECK(has(error, "host_key: " + server.host_fingerprint()));
    CHECK(has(error, "ssh-keyscan -p " + std::to_string(server.port()) + " 127.0.0.1"));
    CHECK(answers.confirmed == 0);
  }
  SUBCASE("StrictHostKeyChecking yes never asks") {
    target.known_hosts = {folder.at("kh")};
    target.ask_unknown = false;
    CHECK(login_error(target, answers).kind() == ErrorKind::refused);
    CHECK(answers.confirmed == 0);
  }
  SUBCASE("changed: refused with the line") {
    make_key(folder.at("other"));
    std::string other = slurp(folder.at("other.pub"));
    target.known_hosts = {folder.write("kh", "# comment\n" + name + " " + other)};
    const Error error = login_error(target, answers);
    CHECK(error.kind() == ErrorKind::refused);
    CHECK(has(error,
              "the host key of " + name + " has changed: its ssh-ed25519 key is now " + server.host_fingerprint()));
    CHECK(error.where().text() == folder.at("kh") + ":2:1");
    CHECK(has(error, "ssh-keygen -f " + folder.at("kh") + " -R '" + name + "'"));
    CHECK(answers.confirmed == 0);
  }
  SUBCASE("revoked: refused, though it is known as well") {
    target.known_hosts = {
        folder.write("kh", name + " " + server.host_key() + "\n@revoked * " + server.host_key() + "\n")};
    const Error error = login_error(target, answers);
    CHECK(error.kind() == ErrorKind::refused);
    CHECK(has(error, "is revoked"));
    CHECK(error.where().line == 2);
  }
  SUBCASE("only an authority is known") {
    target.known_hosts = {folder.write("kh", "@cert-authority * " + server.host_key("ecdsa") + "\n")};
    const Error error = login_error(target, answers);
    CHECK(error.kind() == ErrorKind::refused);
    CHECK(has(error, "known only by a certificate authority"));
  }
  SUBCASE("HostKeyAlias") {
    target.host_key_alias = "the-node";
    target.known_hosts = {folder.write("kh", "the-node " + server.host_key() + "\n")};
    log_in_and_run(target, answers);
    CHECK(answers.confirmed == 0);
  }
  SUBCASE("a pinned key decides alone, of whatever type") {
    target.known_hosts = {folder.write("kh", "@revoked * " + server.host_key() + "\n")};
    for (const char* type : {"ed25519", "ecdsa", "rsa"}) {
      target.pinned = server.host_fingerprint(type);
      log_in_and_run(target, answers);
    }
    CHECK(answers.confirmed == 0);
  }
  SUBCASE("not the pinned key") {
    target.pinned = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const Error error = login_error(target, answers);
    CHECK(error.kind() == ErrorKind::refused);
    CHECK(has(error, "does not have the pinned host key"));
    for (const char* type : {"ed25519", "ecdsa", "rsa"}) CHECK(has(error, server.host_fingerprint(type)));
  }
}

TEST_CASE("keys") {
  const Sshd server({"MaxAuthTries 20"});
  Answers answers;
  Target target = target_of(server);
  const TempFolder folder;

  SUBCASE("the first key is signed with at once: one attempt, no question") {
    log_in_and_run(target, answers);
    CHECK(server.logged("Accepted publickey"));
    CHECK(server.count("Postponed publickey") == 0);
    CHECK(server.count("Failed") == 0);
  }
  SUBCASE("others only after the server agreed") {
    make_key(folder.at("wrong"));
    make_key(folder.at("wrong2"), "ecdsa");
    target.identities = {folder.at("wrong"), folder.at("absent"), folder.at("wrong2"), server.user_key()};
    log_in_and_run(target, answers);
    CHECK(server.count("Accepted publickey") == 1);
  }
  SUBCASE("rsa and ecdsa") {
    for (const char* type : {"rsa", "ecdsa"}) {
      make_key(folder.at(type), type);
      server.folder().write("authorized_keys", slurp(folder.at(std::string(type) + ".pub")), 0600);
      target.identities = {folder.at(type)};
      log_in_and_run(target, answers);
    }
  }
  SUBCASE("a key with a passphrase: asked once for all hosts") {
    make_key(folder.at("locked"), "ed25519", "open sesame");
    server.folder().write("authorized_keys", slurp(folder.at("locked.pub")), 0600);
    target.identities = {folder.at("locked")};
    answers.secret = "open sesame";
    Client client(answers, {});
    client.open(target);
    client.open(target);
    CHECK(answers.passphrases == 1);
    CHECK(client.counters().connections == 2);
  }
  SUBCASE("a key with a passphrase that the server does not want: nobody is asked") {
    make_key(folder.at("locked"), "ed25519", "open sesame");
    target.identities = {folder.at("locked")};
    const Error error = login_error(target, answers);
    CHECK(answers.passphrases == 0);
    CHECK(has(error, "node does not let " + this_user() + " in; tried " + folder.at("locked")));
  }
  SUBCASE("no passphrase, and a wrong one") {
    make_key(folder.at("locked"), "ed25519", "open sesame");
    server.folder().write("authorized_keys", slurp(folder.at("locked.pub")), 0600);
    target.identities = {folder.at("locked")};
    CHECK(has(login_error(target, answers), "(no passphrase given)"));
    answers.secret = "wrong";
    CHECK(has(login_error(target, answers), "(wrong passphrase)"));
    CHECK(answers.passphrases == 3);
  }
  SUBCASE("a key that others may read is not used") {
    std::filesystem::permissions(server.user_key(), std::filesystem::perms(0644));
    const Error error = login_error(target, answers);
    CHECK(has(error, "could not use " + server.user_key() + " (others may read it"));
  }
  SUBCASE("a file that is no key") {
    target.identities = {folder.write("rubbish", "not a key\n", 0600)};
    CHECK(has(login_error(target, answers), "rubbish (is not a private key that is understood)"));
  }
  SUBCASE("wrong key: what was tried, what the server takes") {
    make_key(folder.at("wrong"));
    target.identities = {folder.at("wrong")};
    const Error error = login_error(target, answers);
    CHECK(error.kind() == ErrorKind::unreachable);
    CHECK(has(error, "; tried " + folder.at("wrong") + " (SHA256:"));
    CHECK(has(error, "; it takes publickey"));
    CHECK(has(error, "in its authorized_keys?"));
  }
  SUBCASE("no key at all") {
    target.identities = {folder.at("absent")};
    const Error error = login_error(target, answers);
    CHECK(has(error, "no key was found at " + folder.at("absent") + "; it takes publickey"));
  }
  SUBCASE("wrong user") {
    target.user = "nobody-of-that-name";
    CHECK(has(login_error(target, answers), "node does not let nobody-of-that-name in"));
  }
}

TEST_CASE("ssh-agent") {
  const Sshd server;
  const Agent agent;
  Answers answers;
  Target target = target_of(server);
  const TempFolder folder;
  target.agent = agent.socket();

  SUBCASE("a key that only the agent has") {
    agent.add(server.user_key());
    target.identities = {};
    log_in_and_run(target, answers);
  }
  SUBCASE("a key file with a passphrase that the agent has unlocked: nobody is asked") {
    agent.add(server.user_key());
    run({"ssh-keygen", "-q", "-p", "-f", server.user_key(), "-P", "", "-N", "secret"});
    log_in_and_run(target, answers);
    CHECK(answers.passphrases == 0);
  }
  SUBCASE("the key that is named comes before the agent's others") {
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
      make_key(folder.at(name));
      agent.add(folder.at(name));
    }
    agent.add(server.user_key());
    std::filesystem::rename(server.user_key(), folder.at("moved"));
    // Only the public half is left: eight wrong keys first would be more than MaxAuthTries.
    log_in_and_run(target, answers);
  }
  SUBCASE("IdentitiesOnly keeps the agent's other keys back") {
    agent.add(server.user_key());
    make_key(folder.at("mine"));
    target.identities = {folder.at("mine")};
    target.identities_only = true;
    const Error error = login_error(target, answers);
    CHECK_FALSE(has(error, "agent key"));
  }
  SUBCASE("too many keys") {
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
      make_key(folder.at(name));
      agent.add(folder.at(name));
    }
    target.identities = {};
    const Error error = login_error(target, answers);
    CHECK(has(error, "it hung up after too many keys"));
    CHECK(has(error, "IdentitiesOnly"));
  }
  SUBCASE("an agent that does not answer is passed over") {
    kill(agent.pid(), SIGSTOP);
    log_in_and_run(target, answers);
    kill(agent.pid(), SIGCONT);
  }
  SUBCASE("no agent there") {
    target.agent = folder.at("nothing");
    log_in_and_run(target, answers);
  }
}

TEST_CASE("passwords") {
  if (geteuid() != 0) {
    MESSAGE("skipped: an account with a password can be made up by root only");
    return;
  }
  // The account exists in the server's own mount namespace, and ends with it.
  const TempFolder accounts;
  const std::string hash = run({"openssl", "passwd", "-6", "-salt", "gpuctl", "right"});
  accounts.write("passwd", slurp("/etc/passwd") + "gpuctl-test:x:64999:64999::/tmp:/bin/sh\n");
  accounts.write("shadow", slurp("/etc/shadow") + "gpuctl-test:" + hash.substr(0, hash.find('\n')) + ":19000::::::\n",
                 0640);
  const std::string mount = "mount --bind " + accounts.at("passwd") + " /etc/passwd && mount --bind " +
                            accounts.at("shadow") + " /etc/shadow && exec \"$@\"";
  const std::vector<std::string> wrapper{"unshare", "--mount", "--propagation", "private", "sh", "-c", mount, "sh"};
  Answers answers;
  const auto wanted = [](const Sshd& server) {
    Target target = target_of(server);
    target.user = "gpuctl-test";
    target.identities = {};
    return target;
  };

  SUBCASE("the password method") {
    const Sshd server({"PasswordAuthentication yes"}, {"ed25519"}, wrapper);
    answers.login = "right";
    log_in_and_run(wanted(server), answers);
    CHECK(answers.passwords == 1);
  }
  SUBCASE("a wrong one is asked for three times, then all is told") {
    const Sshd server({"PasswordAuthentication yes"}, {"ed25519"}, wrapper);
    answers.login = "wrong";
    const Error error = login_error(wanted(server), answers);
    CHECK(answers.passwords == 3);
    CHECK(has(error, "node does not let gpuctl-test in; tried a password; it takes publickey, password"));
  }
  SUBCASE("nobody there") {
    const Sshd server({"PasswordAuthentication yes"}, {"ed25519"}, wrapper);
    const Error error = login_error(wanted(server), answers);
    CHECK(has(error, "no key was found; it takes publickey, password"));
  }
  SUBCASE("asked by PAM") {
    const Sshd server({"UsePAM yes", "KbdInteractiveAuthentication yes", "AuthenticationMethods keyboard-interactive"},
                      {"ed25519"}, wrapper);
    answers.login = "right";
    log_in_and_run(wanted(server), answers);
    CHECK(answers.passwords == 1);
  }
  SUBCASE("a key and then a password") {
    const Sshd server({"PasswordAuthentication yes", "AuthenticationMethods publickey,password"}, {"ed25519"}, wrapper);
    answers.login = "right";
    Target target = wanted(server);
    target.identities = {server.user_key()};
    // The account has to be able to read them.
    std::filesystem::permissions(server.folder().path(), std::filesystem::perms(0755));
    std::filesystem::permissions(server.at("authorized_keys"), std::filesystem::perms(0644));
    log_in_and_run(target, answers);
    CHECK(answers.passwords == 1);
  }
}
