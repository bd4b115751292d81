#include "http/client.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "core/error.hpp"

// Against the servers of client_test.py, which names them in the environment.

using namespace gpuctl;
using namespace gpuctl::http;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

std::string variable(const std::string& name) {
  const char* value = std::getenv(("GPUCTL_HTTP_" + name).c_str());
  REQUIRE_MESSAGE(value != nullptr, "client_test.py sets GPUCTL_HTTP_" << name);
  return value;
}

std::string slurp(const std::string& name) {
  std::ifstream in(variable("FOLDER") + "/" + name);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Server server(const std::string& name) {
  Server out;
  out.url = variable(name);
  out.issuers = slurp("issuer.pem");
  out.trust_hint = "certificate-authority of cluster \"x\"";
  out.name_hint = "tls-server-name of cluster \"x\"";
  return out;
}

Request get(const std::string& path, int milliseconds_ = 10'000) {
  Request request;
  request.path = path;
  request.time = milliseconds(milliseconds_);
  return request;
}

std::string text(const Result& result) {
  if (const auto* response = std::get_if<Response>(&result))
    return std::to_string(response->status) + " " + response->body;
  return "fault: " + std::get<Fault>(result).why;
}

Fault::Kind kind(const Result& result) {
  REQUIRE_MESSAGE(std::holds_alternative<Fault>(result), text(result));
  return std::get<Fault>(result).kind;
}

std::string fetched(const Server& server, const std::string& path) {
  Client client(server);
  return text(client.send(get(path)));
}

}  // namespace

TEST_CASE("requests of every method, with their bodies") {
  Client client(server("GOOD"));
  for (const char* method : {"GET", "DELETE", "PATCH", "POST", "PUT"}) {
    Request request = get("/echo/x");
    request.method = method;
    if (std::string(method) != "GET") request.body = std::string(2000, 'b');
    request.headers = {{"Content-Type", "application/json"}};
    CHECK(text(client.send(request)) == std::string("200 ") + method + " application/json " + request.body);
  }
}

TEST_CASE("a certificate is held against the issuers that were given, and no others") {
  Server given = server("UNKNOWN");
  CHECK(fetched(given, "/key/") ==
        "fault: the certificate of localhost is not accepted: its issuer is not known here "
        "(certificate-authority of cluster \"x\" names other issuers to trust)");
  given.issuers = slurp("stranger.pem");
  CHECK(fetched(given, "/key/") == "200 a key");
  given.issuers = slurp("issuer.pem");
  given.verify = false;
  CHECK(fetched(given, "/key/") == "200 a key");
  CHECK(fetched(server("EXPIRED"), "/key/") == "fault: the certificate of localhost is not accepted: it has expired");
  Client expired(server("EXPIRED"));
  CHECK(kind(expired.send(get("/key/"))) == Fault::Kind::untrusted);
}

TEST_CASE("a certificate for another name is accepted under that name only") {
  Server other = server("OTHER");
  CHECK(fetched(other, "/key/") ==
        "fault: the certificate of localhost is not accepted: it is not made out for that name "
        "(tls-server-name of cluster \"x\" names another one)");
  other.name = "elsewhere.example";
  CHECK(fetched(other, "/key/") == "200 a key");
}

TEST_CASE("a client certificate is shown") {
  Server mutual = server("MUTUAL");
  CHECK(fetched(mutual, "/who/").find("fault: ") == 0);
  mutual.certificate = slurp("client.pem");
  mutual.key = core::Secret(slurp("client.key"));
  CHECK(fetched(mutual, "/who/") == "200 client");
  mutual.key = core::Secret("no key");
  CHECK(fetched(mutual, "/who/").find("fault: the client certificate or its key cannot be used: ") == 0);
}

TEST_CASE("a lost connection is tried again once, and only where that does no harm") {
  Client client(server("GOOD"));
  CHECK(text(client.send(get("/cut/1/a"))) == "200 2");
  // curl itself repeats what got no answer on a connection that was used before: this one has none yet.
  CHECK(kind(Client(server("GOOD")).send(get("/cut/9/b"))) == Fault::Kind::cut);
  CHECK(text(client.send(get("/calls/b"))) == "200 2");
  Request once = get("/cut/1/c");
  once.method = "POST";
  once.repeatable = false;
  CHECK(kind(client.send(once)) == Fault::Kind::cut);
}

TEST_CASE("429 is waited out as Retry-After says, within the time there is") {
  Client client(server("GOOD"));
  const auto began = Clock::now();
  CHECK(text(client.send(get("/busy/2/d"))) == "200 3");
  CHECK(Clock::now() - began >= milliseconds(2000));
  Request request = get("/busy/99/e", 2500);
  CHECK(text(client.send(request)).find("429 ") == 0);
  request = get("/busy/9/f");
  request.patient = false;
  CHECK(text(client.send(request)) == "429 busy");
}

TEST_CASE("a server error is tried again twice") {
  Client client(server("GOOD"));
  CHECK(text(client.send(get("/broken/2/g"))) == "200 3");
  CHECK(text(client.send(get("/broken/9/h"))) == "503 broken");
  CHECK(text(client.send(get("/calls/h"))) == "200 3");
  Request once = get("/broken/1/i");
  once.repeatable = false;
  CHECK(text(client.send(once)) == "503 broken");
}

TEST_CASE("answers are bounded, and so is waiting") {
  Client client(server("GOOD"));
  Request request = get("/chunks/100");
  request.most = 1000;
  CHECK(text(client.send(request)).size() == 1004);
  request.most = 999;
  CHECK(text(client.send(request)) == "fault: the file is larger than 999 bytes");
  CHECK(kind(client.send(get("/silence/", 300))) == Fault::Kind::late);
  CHECK(fetched(server("NOBODY"), "/").find("fault: cannot connect to localhost: Connection refused") == 0);
}

TEST_CASE("a stream is told piece by piece, and ends when nobody wants it any more") {
  Client client(server("GOOD"));
  std::mutex mutex;
  std::condition_variable changed;
  std::string seen;
  std::atomic<int> ends = 0;
  Sink sink;
  sink.data = [&](std::string_view bytes) {
    const std::scoped_lock lock(mutex);
    seen += bytes;
    changed.notify_all();
  };
  sink.end = [&](const Result&) { ++ends; };
  Exchange exchange = client.start(get("/drops/", 60'000), sink);
  {
    std::unique_lock lock(mutex);
    CHECK(changed.wait_for(lock, std::chrono::seconds(10), [&] { return seen.find("2\n") != std::string::npos; }));
  }
  exchange.cancel();
  CHECK(ends.load() == 1);
  CHECK(kind(exchange.wait()) == Fault::Kind::cancelled);
  // An answer that is no success is no part of the stream.
  seen.clear();
  CHECK(text(client.start(get("/status/403"), sink).wait()) == "403 no");
  CHECK(seen.empty());
}

TEST_CASE("many threads at a time") {
  Client client(server("GOOD"));
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread)
    threads.emplace_back([&] {
      for (int call = 0; call < 10; ++call) good += text(client.send(get("/key/"))) == "200 a key" ? 1 : 0;
    });
  for (auto& thread : threads) thread.join();
  CHECK(good.load() == 80);
}

TEST_CASE("a wait ends when the run is to stop") {
  Client client(server("GOOD"));
  std::stop_source stop;
  std::thread later([&] { stop.request_stop(); });
  CHECK(kind(client.send(get("/silence/", 60'000), stop.get_token())) == Fault::Kind::cancelled);
  later.join();
}

TEST_CASE("through sockets that somebody else opens") {
  // What ssh does: one end of a socket pair is ours, the other's bytes are moved to the server.
  std::vector<std::thread> pumps;
  std::atomic<int> opened = 0;
  Server far = server("GOOD");
  const int port = std::stoi(far.url.substr(far.url.rfind(':') + 1));
  far.url = "https://localhost.invalid:1";  // never looked up
  far.name = "localhost";
  far.carrier = [&](int end) -> Broken {
    const int tcp = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(connect(tcp, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
    REQUIRE(fcntl(end, F_SETFL, 0) == 0);
    const auto pump = [](int from, int into) {
      char bytes[4096];
      for (ssize_t n = 0; (n = read(from, bytes, sizeof bytes)) > 0;)
        if (send(into, bytes, static_cast<std::size_t>(n), MSG_NOSIGNAL) < 0) break;
      shutdown(into, SHUT_RDWR);
    };
    pumps.emplace_back(pump, end, tcp);
    pumps.emplace_back(pump, tcp, end);
    ++opened;
    return {};
  };
  {
    Client client(far);
    CHECK(text(client.send(get("/key/"))) == "200 a key");
    // HTTP/1.1: curl up to 8 takes a connection without an IP address up again only where it can be shared.
    CHECK(opened.load() >= 1);
  }
  for (auto& pump : pumps) pump.join();
  far.carrier = [](int end) -> Broken {
    close(end);
    throw core::Error(core::ErrorKind::unreachable, "the host forwards nothing");
  };
  CHECK(fetched(far, "/key/") == "fault: the host forwards nothing");
  far.carrier = [](int end) -> Broken {
    close(end);
    return [] { return std::string("the host cannot reach it"); };
  };
  CHECK(fetched(far, "/key/") == "fault: the host cannot reach it");
}

TEST_CASE("a proxy, and none of the environment's") {
  Server behind = server("GOOD");
  behind.proxy = variable("PROXY");
  CHECK(fetched(behind, "/key/") == "200 a key");
  behind.proxy = variable("NOBODY");
  CHECK(fetched(behind, "/key/").find("fault: ") == 0);
  behind.no_proxy = "localhost";
  CHECK(fetched(behind, "/key/") == "200 a key");
  setenv("https_proxy", variable("NOBODY").c_str(), 1);
  setenv("ALL_PROXY", variable("NOBODY").c_str(), 1);
  CHECK(fetched(server("GOOD"), "/key/") == "200 a key");
}

TEST_CASE("what is no URL") {
  for (const char* url : {"", "10.0.0.1:6443", "ftp://x", "https://"}) {
    Server bad;
    bad.url = url;
    CHECK_THROWS_AS(Client{bad}, core::Error);
  }
}
