#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "ssh/fixture.hpp"

using namespace gpuctl;
using namespace gpuctl::ssh;
using core::Error;
using core::ErrorKind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// Takes connections and says `greeting`, then nothing ever again.
class Mute {
 public:
  explicit Mute(const std::string& greeting = "") : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(bind(fd_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(fd_, 4) == 0);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    if (greeting.empty()) return;
    thread_ = std::thread([this, greeting] {
      peer_ = accept(fd_, nullptr, nullptr);
      if (greeting == "bye") return void(shutdown(peer_, SHUT_RDWR));
      if (send(peer_, greeting.data(), greeting.size(), MSG_NOSIGNAL) < 0) return;
    });
  }
  ~Mute() {
    shutdown(fd_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    if (peer_ >= 0) close(peer_);
    close(fd_);
  }
  Target target() const {
    Target target;
    target.alias = "node";
    target.address = "127.0.0.1";
    target.port = port_;
    target.user = "root";
    return target;
  }

 private:
  int fd_, port_ = 0, peer_ = -1;
  std::thread thread_;
};

Options quick() {
  Options options;
  options.login = milliseconds(700);
  options.silence = milliseconds(800);
  return options;
}

struct Timed {
  Error error;
  milliseconds took;
};

Timed timed(const std::function<void()>& call) {
  const auto begin = steady_clock::now();
  Error error = error_of(call);
  return {error, std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin)};
}

}  // namespace

TEST_CASE("nobody listens") {
  NoPrompt prompt;
  Client client(prompt, {});
  Target target = Mute().target();
  target.port = free_port();
  const Timed end = timed([&] { client.open(target); });
  CHECK(end.error.kind() == ErrorKind::unreachable);
  CHECK(end.error.message() == "127.0.0.1 port " + std::to_string(target.port) + " refuses connections");
  CHECK(end.error.trace().at(0) == "while connecting to root@node (127.0.0.1) port " + std::to_string(target.port));
  CHECK(end.took < milliseconds(2000));
}

TEST_CASE("a name with several addresses: the one that answers is taken") {
  const Sshd server;  // on 127.0.0.1 only
  NoPrompt prompt;
  Client client(prompt, {});
  Target target = target_of(server);
  target.address = "localhost";
  target.pinned = server.host_fingerprint();
  CHECK_NOTHROW(client.open(target));
}

TEST_CASE("a name that nobody knows") {
  NoPrompt prompt;
  Client client(prompt, {});
  Target target = Mute().target();
  target.address = "no-such-host.invalid";
  const Timed end = timed([&] { client.open(target); });
  CHECK(end.error.kind() == ErrorKind::unreachable);
  // Where no name server answers at all, that is what is said.
  CHECK(end.error.message().find("for 'no-such-host.invalid'") != std::string::npos);
  CHECK(end.took < milliseconds(12'000));
}

TEST_CASE("a connection that is taken and then silent") {
  const Mute mute;
  NoPrompt prompt;
  Client client(prompt, quick());
  const Timed end = timed([&] { client.open(mute.target()); });
  CHECK(end.error.kind() == ErrorKind::unreachable);
  CHECK(end.error.message().find("took the connection, but did not speak SSH within 1 s") != std::string::npos);
  CHECK(end.took >= milliseconds(700));
  CHECK(end.took < milliseconds(5000));
}

TEST_CASE("silence in the middle of the key exchange") {
  const Mute mute("SSH-2.0-Mute\r\n");
  NoPrompt prompt;
  Client client(prompt, quick());
  CHECK(timed([&] { client.open(mute.target()); }).took < milliseconds(5000));
}

TEST_CASE("something else than an SSH server") {
  const Mute mute("HTTP/1.1 400 Bad Request\r\n\r\n");
  NoPrompt prompt;
  Client client(prompt, quick());
  CHECK(timed([&] { client.open(mute.target()); }).error.kind() == ErrorKind::unreachable);
}

TEST_CASE("closed before a word") {
  const Mute mute("bye");
  NoPrompt prompt;
  Client client(prompt, {});
  const Timed end = timed([&] { client.open(mute.target()); });
  CHECK(end.error.message() == "node closed the connection");
  CHECK(end.took < milliseconds(5000));
}

TEST_CASE("a link that goes silent during a command") {
  Sshd server;
  NoPrompt prompt;
  Client client(prompt, quick());
  Options patient = quick();
  patient.login = milliseconds(10'000);
  Client slow(prompt, patient);
  Connection connection = slow.open(target_of(server));
  Stream stream = connection.exec("echo begun; cat");
  char bytes[64];
  REQUIRE(stream.receive(bytes, in_seconds(5)));
  server.freeze();
  const Timed end = timed([&] { read_all(stream, 20); });
  server.thaw();
  CHECK(end.error.kind() == ErrorKind::unreachable);
  CHECK(end.error.message().find("nothing was heard from node for ") == 0);
  CHECK(end.took < milliseconds(5000));
}

TEST_CASE("keepalives are answered by a link that is only quiet") {
  const Sshd server;
  NoPrompt prompt;
  Options options = quick();
  options.login = milliseconds(10'000);
  Client client(prompt, options);
  Connection connection = client.open(target_of(server));
  Stream stream = connection.exec("read x; echo $x");
  char bytes[64];
  // Four times as long as a silence that would count.
  CHECK_FALSE(stream.receive(bytes, steady_clock::now() + milliseconds(3200)));
  stream.send("alive\n", in_seconds(5));
  CHECK(read_all(stream) == "alive\n");
}

TEST_CASE("the server ends in the middle") {
  Sshd server;
  NoPrompt prompt;
  Client client(prompt, {});
  Connection connection = client.open(target_of(server));
  Stream stream = connection.exec("cat");
  server.drop_connections();
  const Timed end = timed([&] { read_all(stream); });
  CHECK(end.error.kind() == ErrorKind::unreachable);
  CHECK(end.took < milliseconds(5000));
  CHECK_THROWS_AS(connection.exec("true"), Error);
}

TEST_CASE("Ctrl-C ends every wait at once") {
  const int stop = eventfd(0, EFD_CLOEXEC);
  NoPrompt prompt;
  Options options;
  options.stop_fd = stop;
  Client client(prompt, options);
  SUBCASE("while connecting") {
    const Mute mute;
    std::thread later([&] { eventfd_write(stop, 1); });
    const Timed end = timed([&] { client.open(mute.target()); });
    later.join();
    CHECK(end.error.kind() == ErrorKind::interrupted);
    CHECK(end.took < milliseconds(3000));
  }
  SUBCASE("while a command runs") {
    const Sshd server;
    Connection connection = client.open(target_of(server));
    Stream stream = connection.exec("cat");
    std::thread later([&] { eventfd_write(stop, 1); });
    const Timed end = timed([&] { read_all(stream, 30); });
    later.join();
    CHECK(end.error.kind() == ErrorKind::interrupted);
    CHECK(end.took < milliseconds(3000));
  }
  close(stop);
}
