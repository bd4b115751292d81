#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "ssh/fixture.hpp"

using namespace gpuctl;
using namespace gpuctl::ssh;
using core::Error;
using core::ErrorKind;

namespace {

/// Says what it is told, to everybody who comes, on a port of 127.0.0.1.
class Echo {
 public:
  Echo() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    REQUIRE(bind(listener_.number(), reinterpret_cast<sockaddr*>(&at), size) == 0);
    REQUIRE(listen(listener_.number(), 8) == 0);
    REQUIRE(getsockname(listener_.number(), reinterpret_cast<sockaddr*>(&at), &size) == 0);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Echo() {
    shutdown(listener_.number(), SHUT_RDWR);
    thread_.join();
  }
  int port() const { return port_; }

 private:
  void serve() {
    std::vector<std::thread> talks;
    for (int fd = 0; (fd = accept(listener_.number(), nullptr, nullptr)) >= 0;)
      talks.emplace_back([fd] {
        char bytes[4096];
        for (ssize_t n = 0; (n = read(fd, bytes, sizeof bytes)) > 0;)
          if (send(fd, bytes, static_cast<std::size_t>(n), MSG_NOSIGNAL) < 0) break;
        close(fd);
      });
    for (auto& talk : talks) talk.join();
  }

  Fd listener_;
  int port_ = 0;
  std::thread thread_;
};

/// A local socket whose other end the host carries on.
struct Socket {
  Fd socket;
  std::shared_ptr<Told> told;

  Socket(Client& client, const Target& host, const std::string& address, int port) {
    int pair[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
    socket = Fd(pair[0]);
    told = client.forward(host, address, port, Fd(pair[1]));
  }
};

/// What comes back for `word`; shorter when the forward ends before.
std::string said_back(const Socket& forward, const std::string& word) {
  REQUIRE(send(forward.socket.number(), word.data(), word.size(), MSG_NOSIGNAL) >= 0);
  std::string out;
  pollfd ready{forward.socket.number(), POLLIN, 0};
  char bytes[4096];
  while (out.size() < word.size() && poll(&ready, 1, 10'000) == 1) {
    const ssize_t n = read(forward.socket.number(), bytes, sizeof bytes);
    if (n <= 0) break;
    out.append(bytes, static_cast<std::size_t>(n));
  }
  return out;
}

}  // namespace

TEST_CASE("sockets through a host share one login") {
  Sshd host;
  Echo echo;
  NoPrompt prompt;
  Client client(prompt, {});
  const Target target = target_of(host);
  {
    const Socket one(client, target, "127.0.0.1", echo.port());
    const Socket two(client, target, "localhost", echo.port());
    CHECK(said_back(one, "one") == "one");
    CHECK(said_back(two, std::string(100'000, 'x')).size() == 100'000);
    CHECK(client.counters().connections == 1);
    CHECK(client.counters().forwards == 2);
    CHECK(one.told->text().empty());
  }
  Connection beside = client.open(target);
  Stream stream = beside.exec("echo here");
  CHECK(read_all(stream) == "here\n");
  CHECK(host.count("Accepted publickey") == 2);
}

TEST_CASE("behind a jump host") {
  Sshd outer, host;
  Echo echo;
  NoPrompt prompt;
  Client client(prompt, {});
  Target target = target_of(host);
  target.jumps = {target_of(outer)};
  CHECK(said_back(Socket(client, target, "127.0.0.1", echo.port()), "far") == "far");
}

TEST_CASE("a forward that the host refuses says why") {
  NoPrompt prompt;
  SUBCASE("nobody listens there") {
    Sshd host;
    Client client(prompt, {});
    const int port = free_port();
    const Socket forward(client, target_of(host), "127.0.0.1", port);
    CHECK(said_back(forward, "x").empty());
    CHECK(forward.told->text() == "node cannot reach 127.0.0.1 port " + std::to_string(port) + ": Connection refused");
  }
  SUBCASE("AllowTcpForwarding no") {
    Sshd host({"AllowTcpForwarding no"});
    Client client(prompt, {});
    const Socket forward(client, target_of(host), "127.0.0.1", 6443);
    CHECK(said_back(forward, "x").empty());
    CHECK(forward.told->text() ==
          "node forwards nothing to 127.0.0.1 port 6443: its sshd does not allow it (AllowTcpForwarding, PermitOpen)");
  }
  SUBCASE("the host goes away, and is connected to again") {
    Sshd host;
    Echo echo;
    Client client(prompt, {});
    const Socket forward(client, target_of(host), "127.0.0.1", echo.port());
    CHECK(said_back(forward, "a") == "a");
    host.drop_connections();
    char byte = 0;
    pollfd ready{forward.socket.number(), POLLIN, 0};
    CHECK(poll(&ready, 1, 10'000) == 1);
    CHECK(read(forward.socket.number(), &byte, 1) <= 0);
    CHECK(forward.told->text().find("node closed the connection") == 0);
    CHECK(said_back(Socket(client, target_of(host), "127.0.0.1", echo.port()), "b") == "b");
  }
  SUBCASE("nobody lets us in") {
    Sshd host;
    Target target = target_of(host);
    target.identities = {};
    Client client(prompt, {});
    const Error error = error_of([&] { Socket(client, target, "127.0.0.1", 1); });
    CHECK(error.kind() == ErrorKind::unreachable);
    CHECK(error.message().find("node does not let ") == 0);
  }
}
