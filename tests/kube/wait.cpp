#include <netinet/in.h>

#include <thread>

#include "kube/fixture.hpp"
#include "kube/watch.hpp"

using namespace gpuctl;
using namespace gpuctl::test;
using kube::Cluster;
using Clock = std::chrono::steady_clock;

namespace {

const core::KubeApply one = config_map("watched", "one", "{step: '1'}");
const core::KubeApply two = config_map("watched", "one", "{step: '2'}");
const core::Probe watched = core::KubeObject{one.object};
const core::Probe list = core::KubeList{"v1", "ConfigMap", "watched", "", "", {"/data"}};

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

/// Lets `change` happen once `waiter` has its watches open, and tells what the wait came to.
core::Facts wait_for(Cluster& waiter, const core::Probe& probe, const std::function<void()>& change, int seconds = 20) {
  const auto last = waiter.gather({&probe, 1});
  const int before = waiter.counts().requests;
  core::Facts now;
  std::thread waits([&] { now = waiter.wait({&probe, 1}, last, in_seconds(seconds)); });
  while (waiter.counts().requests < before + 2) std::this_thread::yield();
  change();
  waits.join();
  return now;
}

struct Watched {
  Cluster admin{test::admin(), {}};
  Watched() {
    make(admin, {space("watched")});
    make(admin, {core::KubeDelete{one.object, ""}, one});
  }
};

}  // namespace

TEST_CASE_FIXTURE(Watched, "a wait ends as soon as an object changes, without asking again and again") {
  Cluster waiter(test::admin(), {});
  const auto began = Clock::now();
  auto now = wait_for(waiter, watched, [&] { make(admin, {two}); });
  CHECK(seconds_since(began) < 5);
  CHECK(text_of(*now.record(watched), "/data/step") == "2");
  const int requests = waiter.counts().requests;
  // Discovery, the object; then its list and its watch.
  CHECK(requests == 5);
  now = wait_for(waiter, watched, [&] { make(admin, {core::KubeDelete{one.object, ""}}); });
  CHECK(std::holds_alternative<core::Absent>(*now.find(watched)));
  now = wait_for(waiter, list, [&] { make(admin, {two}); });
  CHECK(text_of(*now.record(list), "watched/one#/data/step") == "2");
}

TEST_CASE_FIXTURE(Watched,
                  "a wait ends at once when the answer differs already, and at its deadline when nothing happens") {
  Cluster waiter(test::admin(), {});
  const auto last = waiter.gather({&watched, 1});
  make(admin, {two});
  auto began = Clock::now();
  CHECK(text_of(*waiter.wait({&watched, 1}, last, in_seconds(20)).record(watched), "/data/step") == "2");
  CHECK(seconds_since(began) < 5);
  const auto same = waiter.gather({&watched, 1});
  began = Clock::now();
  const int requests = waiter.counts().requests;
  CHECK(core::equal(*waiter.wait({&watched, 1}, same, in_seconds(2)).find(watched), *same.find(watched)));
  CHECK(seconds_since(began) >= 1.9);
  CHECK(waiter.counts().requests == requests + 3);
}

TEST_CASE_FIXTURE(Watched, "a kind that comes while it is waited for") {
  Cluster waiter(test::admin(), {});
  const core::Probe probe = core::KubeObject{{"late.example.com/v1", "Late", "", "x"}};
  const auto now = wait_for(waiter, probe, [&] {
    make(admin, {apply("{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: "
                       "lates.late.example.com}, spec: "
                       "{group: late.example.com, scope: Cluster, names: {kind: Late, plural: lates, singular: late}, "
                       "versions: [{name: v1, "
                       "served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}}")});
  });
  CHECK(std::holds_alternative<core::Absent>(*now.find(probe)));
}

TEST_CASE_FIXTURE(Watched, "a watch that is cut, refused or falls behind is taken up again") {
  Cluster waiter(proxied(), {});
  const auto last = waiter.gather({&watched, 1});
  SUBCASE("cut after some bytes, twice") {
    const Fault fault(R"({"kind":"truncate","verb":"watch","bytes":10,"times":2})");
    const auto now = wait_for(waiter, watched, [&] { make(admin, {two}); });
    CHECK(text_of(*now.record(watched), "/data/step") == "2");
  }
  SUBCASE("429 at its start") {
    const Fault fault(R"({"kind":"429","verb":"watch","times":2,"retryAfter":1})");
    const auto now = wait_for(waiter, watched, [&] { make(admin, {two}); });
    CHECK(text_of(*now.record(watched), "/data/step") == "2");
  }
  SUBCASE("the server is broken for a while") {
    const Fault fault(R"({"kind":"500","verb":"watch","times":5})");
    const auto now = wait_for(waiter, watched, [&] { make(admin, {two}); });
    CHECK(text_of(*now.record(watched), "/data/step") == "2");
  }
  SUBCASE("it is away for a while") {
    const Fault fault(R"({"kind":"cut","verb":"watch","times":6})");
    const auto now = wait_for(waiter, watched, [&] { make(admin, {two}); });
    CHECK(text_of(*now.record(watched), "/data/step") == "2");
  }
}

namespace {

/// Gives one answer to whoever comes. The real server forgets the past only every five minutes.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&at), size) == 0);
    REQUIRE(listen(listener_, 8) == 0);
    REQUIRE(getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this, answer = std::move(answer)] {
      for (int fd = 0; (fd = accept(listener_, nullptr, nullptr)) >= 0; close(fd)) {
        char request[4096];
        if (read(fd, request, sizeof request) > 0) send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
      }
    });
  }
  ~OneAnswer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  int port() const { return port_; }

 private:
  int listener_;
  int port_ = 0;
  std::thread thread_;
};

/// Whether a watch that gets this answer wants a new list.
bool wants_list(const std::string& answer) {
  const OneAnswer server(answer);
  kube::Access access;
  access.server = "http://127.0.0.1:" + std::to_string(server.port());
  kube::Api api(access, {});
  kube::Bell bell;
  kube::Watch watch(api, {"/api/v1/pods", "", "", {}}, bell);
  watch.begin({});
  const auto deadline = in_seconds(10);
  while (watch.due() == core::Deadline::max() && Clock::now() < deadline) {
    bell.wait(deadline, {});
    watch.drain();
  }
  return watch.needs_list();
}

}  // namespace

TEST_CASE("a watch from a moment that the server has forgotten asks for a new list") {
  const std::string good = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
  CHECK(wants_list(good + R"({"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}})" + "\n"));
  CHECK(wants_list("HTTP/1.1 410 Gone\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
  CHECK(!wants_list(good + R"({"type":"ERROR","object":{"kind":"Status","code":500}})" + "\n"));
  CHECK(!wants_list(good));
}

TEST_CASE_FIXTURE(Watched, "the run is stopped while it waits") {
  std::stop_source stop;
  kube::Options options;
  options.stop = stop.get_token();
  Cluster waiter(test::admin(), options);
  const auto last = waiter.gather({&watched, 1});
  const int before = waiter.counts().requests;
  std::thread stops([&] {
    while (waiter.counts().requests < before + 2) std::this_thread::yield();
    stop.request_stop();
  });
  const auto began = Clock::now();
  CHECK(error_of([&] { waiter.wait({&watched, 1}, last, in_seconds(60)); }).kind() == core::ErrorKind::interrupted);
  CHECK(seconds_since(began) < 10);
  stops.join();
}
