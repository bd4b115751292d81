#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "ssh/fixture.hpp"

using namespace gpuctl;
using namespace gpuctl::ssh;
using core::Error;
using core::ErrorKind;

namespace {

Target hop_of(const Sshd& server, const std::string& name) {
  Target hop = target_of(server);
  hop.alias = name;
  return hop;
}

std::string echo(Connection& connection, const std::string& word) {
  Stream stream = connection.exec("echo " + word);
  return read_all(stream);
}

struct Chain {
  Sshd outer, inner, node;
  NoPrompt prompt;
  Target target = target_of(node);

  Chain() { target.jumps = {hop_of(outer, "outer"), hop_of(inner, "inner")}; }
};

}  // namespace

TEST_CASE("through two jump hosts") {
  Chain chain;
  Client client(chain.prompt, {});
  Connection connection = client.open(chain.target);
  CHECK(echo(connection, "far") == "far\n");
  CHECK(client.counters().connections == 3);
  CHECK(client.counters().forwards == 2);
  CHECK(client.counters().execs == 1);
  CHECK(chain.outer.count("Accepted publickey") == 1);
  CHECK(chain.outer.count("Starting session") == 0);
}

TEST_CASE("megabytes through two jump hosts, every byte") {
  Chain chain;
  Client client(chain.prompt, {});
  Connection connection = client.open(chain.target);
  Stream stream = connection.exec("cat");
  std::string all;
  for (int number = 0; all.size() < 3'000'000; ++number) all += std::to_string(number) + "\n";
  stream.send(all, in_seconds(30));
  stream.close_input();
  CHECK(read_all(stream, 30) == all);
}

TEST_CASE("many hosts behind one jump host share its connection") {
  Chain chain;
  chain.target.jumps.pop_back();
  Client client(chain.prompt, {});
  std::vector<std::string> answers(6);
  std::vector<std::thread> threads;
  for (std::size_t at = 0; at < answers.size(); ++at)
    threads.emplace_back([&, at] {
      Connection connection = client.open(chain.target);
      answers[at] = echo(connection, std::to_string(at));
    });
  for (auto& thread : threads) thread.join();
  for (std::size_t at = 0; at < answers.size(); ++at) CHECK(answers[at] == std::to_string(at) + "\n");
  CHECK(chain.outer.count("Accepted publickey") == 1);
  CHECK(client.counters().connections == 7);
}

TEST_CASE("a connection outlives its client's other hosts") {
  Chain chain;
  NoPrompt prompt;
  auto client = std::make_unique<Client>(prompt, Options{});
  Connection connection = client->open(chain.target);
  client.reset();
  CHECK(echo(connection, "still here") == "still here\n");
}

TEST_CASE("the jump host cannot reach the host") {
  Chain chain;
  chain.target.port = free_port();
  chain.target.jumps.pop_back();
  Client client(chain.prompt, {});
  const Error error = error_of([&] { client.open(chain.target); });
  CHECK(error.kind() == ErrorKind::unreachable);
  CHECK(error.message() ==
        "jump host outer cannot reach 127.0.0.1 port " + std::to_string(chain.target.port) + ": Connection refused");
}

TEST_CASE("the error says which hop it was") {
  Chain chain;
  Client client(chain.prompt, {});
  SUBCASE("refused at the first") {
    chain.target.jumps[0].port = free_port();
    const Error error = error_of([&] { client.open(chain.target); });
    CHECK(error.message() == "jump host 1 of 2, outer: 127.0.0.1 port " + std::to_string(chain.target.jumps[0].port) +
                                 " refuses connections");
  }
  SUBCASE("the second has another host key") {
    chain.target.jumps[1].pinned = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const Error error = error_of([&] { client.open(chain.target); });
    CHECK(error.kind() == ErrorKind::refused);
    CHECK(error.message().find("jump host 2 of 2, inner: ") == 0);
  }
  SUBCASE("the second lets nobody in") {
    chain.target.jumps[1].identities = {};
    const Error error = error_of([&] { client.open(chain.target); });
    CHECK(error.message().find("jump host 2 of 2, inner: inner does not let ") == 0);
  }
}

TEST_CASE("a jump host that goes away ends its forwards, and is connected to again") {
  Chain chain;
  chain.target.jumps.pop_back();
  Client client(chain.prompt, {});
  Connection connection = client.open(chain.target);
  Stream stream = connection.exec("cat");
  chain.outer.drop_connections();
  const Error error = error_of([&] { read_all(stream); });
  CHECK(error.kind() == ErrorKind::unreachable);
  INFO(error.message());
  CHECK(error.message().find("jump host outer: outer closed the connection") == 0);
  Connection again = client.open(chain.target);
  CHECK(echo(again, "back") == "back\n");
}
