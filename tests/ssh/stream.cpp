#include <doctest/doctest.h>

#include "ssh/fixture.hpp"

using namespace gpuctl;
using namespace gpuctl::ssh;

namespace {

struct Open {
  Sshd server;
  NoPrompt prompt;
  Client client{prompt, {}};
  Connection connection{client.open(target_of(server))};
};

}  // namespace

TEST_CASE("a command: input, output, errors, exit status") {
  Open open;
  Stream stream = open.connection.exec("cat; echo wrong >&2; exit 3");
  stream.send("one\ntwo\n", in_seconds(5));
  stream.close_input();
  CHECK(read_all(stream) == "one\ntwo\n");
  CHECK(stream.exit_status(in_seconds(5)) == 3);
  CHECK(stream.errors() == "wrong\n");
  CHECK(open.client.counters().execs == 1);
  CHECK(open.client.counters().connections == 1);
}

TEST_CASE("answers come while the input stays open") {
  Open open;
  Stream stream = open.connection.exec("sh");
  char bytes[256];
  for (int round = 0; round < 3; ++round) {
    stream.send("echo answer " + std::to_string(round) + "\n", in_seconds(5));
    const auto n = stream.receive(bytes, in_seconds(5));
    REQUIRE(n);
    CHECK(std::string(bytes, *n) == "answer " + std::to_string(round) + "\n");
  }
}

TEST_CASE("a deadline that comes first is no error, and nothing is lost") {
  Open open;
  Stream stream = open.connection.exec("read line; echo got $line");
  char bytes[256];
  CHECK_FALSE(stream.receive(bytes, std::chrono::steady_clock::now() + std::chrono::milliseconds(50)));
  stream.send("it\n", in_seconds(5));
  CHECK(read_all(stream) == "got it\n");
}

TEST_CASE("megabytes each way at once, every byte") {
  Open open;
  Stream stream = open.connection.exec("cat");
  std::string all;
  for (int number = 0; all.size() < 3'000'000; ++number) all += std::to_string(number) + "\n";
  stream.send(all, in_seconds(20));
  stream.close_input();
  CHECK(read_all(stream, 20) == all);
}

TEST_CASE("all byte values") {
  Open open;
  Stream stream = open.connection.exec("cat");
  std::string all;
  for (int value = 0; value < 256; ++value) all += static_cast<char>(value);
  stream.send(all, in_seconds(5));
  stream.close_input();
  CHECK(read_all(stream) == all);
}

TEST_CASE("standard error is kept apart, bounded, and never stops the command") {
  Open open;
  Stream stream = open.connection.exec("head -c 3000000 /dev/zero >&2; echo done");
  CHECK(read_all(stream) == "done\n");
  CHECK(stream.errors().size() == 64 * 1024);
}

TEST_CASE("a command that closes its input tells its own story") {
  Open open;
  Stream stream = open.connection.exec("exec <&-; echo over; exit 7");
  CHECK(read_all(stream) == "over\n");
  CHECK_NOTHROW(stream.send(std::string(100'000, 'x'), in_seconds(5)));
  CHECK(stream.exit_status(in_seconds(5)) == 7);
}

TEST_CASE("a command that a signal ends has no exit status") {
  Open open;
  Stream stream = open.connection.exec("kill -9 $$");
  CHECK(read_all(stream) == "");
  CHECK_FALSE(stream.exit_status(in_seconds(5)));
}

TEST_CASE("several commands on one connection") {
  Open open;
  Stream one = open.connection.exec("read x; echo one $x");
  Stream two = open.connection.exec("echo two");
  CHECK(read_all(two) == "two\n");
  one.send("more\n", in_seconds(5));
  CHECK(read_all(one) == "one more\n");
  CHECK(open.server.count("Starting session: command") == 2);
}

TEST_CASE("an account that runs no commands") {
  const Sshd server({"MaxSessions 0"});
  NoPrompt prompt;
  Client client(prompt, {});
  Connection connection = client.open(target_of(server));
  const core::Error error = error_of([&] {
    Stream stream = connection.exec("true");
    read_all(stream);
  });
  CHECK(error.kind() == core::ErrorKind::unreachable);
  CHECK(error.message().find("node opens no channel for a command") == 0);
}
