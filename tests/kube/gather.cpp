#include <fcntl.h>
#include <netinet/in.h>

#include <atomic>
#include <thread>
#include <vector>

#include "kube/fixture.hpp"

using namespace gpuctl;
using namespace gpuctl::test;
using kube::Cluster;

TEST_CASE("a plan's questions cost two round trips one after the other, over one connection") {
  Cluster cluster(proxied(), {});
  std::vector<core::Probe> probes{core::KubeServer{},
                                  core::KubeObject{{"v1", "Namespace", "", "default"}},
                                  core::KubeObject{{"v1", "Namespace", "", "nowhere"}},
                                  core::KubeObject{{"apps/v1", "DaemonSet", "gpu-operator", "nothing"}},
                                  core::KubeList{"v1", "Namespace", "", "", "", {"/status/phase"}},
                                  core::KubeLog{"default", "nothing", "main"}};
  for (int i = 0; i < 40; ++i)
    probes.push_back(core::KubeObject{{"v1", "ConfigMap", "default", "c" + std::to_string(i)}});
  const auto began = std::chrono::steady_clock::now();
  const auto facts = cluster.gather(probes);
  MESSAGE("46 questions, cold: " << std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count()
                                 << " s");
  CHECK(facts.all().size() == probes.size());
  CHECK(text_of(record(*facts.find(probes[0])), "version").starts_with("v1."));
  CHECK(text_of(record(*facts.find(probes[0])), "url") == proxied().server);
  const auto space = record(*facts.find(probes[1]));
  CHECK(text_of(space, "/status/phase") == "Active");
  CHECK(text_of(space, "/metadata/labels/kubernetes.io~1metadata.name") == "default");
  CHECK(text_of(space, "managers") == "kube-apiserver");
  for (const auto& at : {2, 3, 5})
    CHECK(std::holds_alternative<core::Absent>(*facts.find(probes[static_cast<std::size_t>(at)])));
  const auto spaces = record(*facts.find(probes[4]));
  CHECK(text_of(spaces, "/default#/status/phase") == "Active");
  CHECK(text_of(spaces, "/default") == text_of(space, "/metadata/uid"));
  CHECK(cluster.counts().depth == 2);
  CHECK(cluster.counts().requests == static_cast<int>(probes.size()) + 2);
  // Discovery is known now.
  cluster.gather(probes);
  CHECK(cluster.counts().depth == 3);
}

TEST_CASE("a kind that is not there") {
  Cluster cluster(admin(), {});
  const core::KubeRef policy{"nvidia.com/v1", "ClusterPolicy", "", "cluster-policy"};
  CHECK(why(ask(cluster, core::KubeObject{policy})) == "the cluster knows no kind ClusterPolicy of nvidia.com/v1");
  CHECK(why(ask(cluster, core::KubeList{"v1", "Nod", "", "", "", {}})) ==
        "the cluster knows no kind Nod of v1 (did you mean Node?)");
  CHECK(std::holds_alternative<core::Absent>(ask(cluster, core::KubeDryRun{policy, {}, "gpuctl"})));
  CHECK(why(ask(cluster, core::Clock{})) == "this is no question to a cluster");
}

TEST_CASE("a question asked by many threads at the same time is asked once") {
  Cluster cluster(proxied(), {});
  const core::Probe probe = core::KubeList{"v1", "Namespace", "", "", "", {}};
  cluster.gather({&probe, 1});
  const int before = cluster.counts().requests;
  const Fault slow(R"({"kind":"delay","path":"/namespaces","milliseconds":1500})");
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&] { CHECK(cluster.gather({&probe, 1}).record(probe)->contains("/default")); });
  for (auto& thread : threads) thread.join();
  CHECK(cluster.counts().requests == before + 1);
}

TEST_CASE("a huge list comes in pages, and only what is kept of it is kept") {
  Cluster cluster(admin(), {});
  make(cluster, {space("huge")});
  std::vector<core::Action> actions;
  for (int i = 0; i < 1234; ++i)
    actions.push_back(config_map("huge", "c" + std::to_string(i), "{k: v, long: " + std::string(200, 'x') + "}"));
  make(cluster, actions);
  const core::KubeList probe{"v1", "ConfigMap", "huge", "", "", {"/data/k"}};
  const int before = cluster.counts().requests;
  auto list = record(ask(cluster, probe));
  const int pages = cluster.counts().requests - before;
  CHECK(pages == 3);
  CHECK(text_of(list, "huge/c1233#/data/k") == "v");
  int count = 0;
  for (const auto& [key, field] : list)
    count += key.starts_with("huge/c") && key.find('#') == std::string::npos ? 1 : 0;
  CHECK(count == 1234);
  CHECK(!list.contains("huge/c1#/data/long"));
  list = record(ask(cluster, core::KubeList{"v1", "ConfigMap", "huge", "", "metadata.name=c7", {}}));
  CHECK(list.size() == 1);
}

TEST_CASE("what may not be read says so, the rest is answered") {
  Cluster cluster(nobody(), {});
  CHECK(why(ask(cluster, core::KubeObject{{"v1", "Node", "", "n"}})) ==
        "user \"nobody\" may not get nodes of the cluster");
  CHECK(why(ask(cluster, core::KubeList{"apps/v1", "DaemonSet", "x", "", "", {}})) ==
        "user \"nobody\" may not list daemonsets.apps in namespace \"x\"");
  CHECK(text_of(record(ask(cluster, core::KubeServer{})), "version").starts_with("v1."));
  const auto dry = config_map("default", "x", "{a: b}");
  CHECK(std::holds_alternative<core::Absent>(ask(cluster, core::KubeDryRun{dry.object, dry.fields, "gpuctl"})));
}

TEST_CASE("the ways in that are shut") {
  const auto asked = [](kube::Access access, kube::Options options = {}) {
    return error_of([&] {
      Cluster(access, options)
          .gather(std::vector<core::Probe>{core::KubeServer{}, core::KubeObject{{"v1", "Node", "", "n"}}});
    });
  };
  auto access = admin();
  const auto server = access.server;
  access.certificate.clear();
  access.token = core::Secret("wrong");
  access.who = "the token of user \"u\"";
  auto error = asked(access);
  CHECK(error.kind() == core::ErrorKind::unreachable);
  CHECK(error.message() == "the API server " + server + " does not accept the token of user \"u\" (401 Unauthorized)");

  access = admin();
  access.issuers = slurp(variable("NOBODY") + ".crt");
  error = asked(access);
  CHECK(error.message() == "the API server " + server +
                               ": the certificate of 127.0.0.1 is not accepted: its issuer is not known here "
                               "(certificate-authority of cluster \"" +
                               access.cluster + "\" names other issuers to trust)");
  access = admin();
  access.server_name = "elsewhere.example";
  CHECK(asked(access).message().find("it is not made out for that name (tls-server-name of cluster ") !=
        std::string::npos);
  access.server_name = "kubernetes.default";
  CHECK(std::holds_alternative<core::Record>(
      *Cluster(access, {}).gather(std::vector<core::Probe>{core::KubeServer{}}).find(core::KubeServer{})));

  access = admin();
  access.server = "https://127.0.0.1:" + variable("FREE_PORT");
  error = asked(access);
  CHECK(error.kind() == core::ErrorKind::unreachable);
  CHECK(error.message() == "the API server " + access.server + ": cannot connect to 127.0.0.1: Connection refused");
  kube::Options options;
  options.through = "k3s-server";
  options.carrier = [](int end) -> http::Broken {
    close(end);
    throw core::Error(core::ErrorKind::unreachable, "k3s-server forwards nothing");
  };
  CHECK(asked(access, options).message() ==
        "the API server " + access.server + " through k3s-server: k3s-server forwards nothing");
}

TEST_CASE("through a connection that somebody else carries: one for all questions") {
  auto access = admin();
  const int port = std::stoi(access.server.substr(access.server.rfind(':') + 1));
  access.server = "https://127.0.0.1:1";  // as the host sees it
  std::vector<std::thread> pumps;
  std::atomic<int> carried = 0;
  kube::Options options;
  options.through = "k3s-server";
  options.carrier = [&](int end) -> http::Broken {
    const int tcp = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(connect(tcp, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
    REQUIRE(fcntl(end, F_SETFL, 0) == 0);
    const auto pump = [](int from, int into) {
      char bytes[16384];
      for (ssize_t n = 0; (n = read(from, bytes, sizeof bytes)) > 0;)
        if (send(into, bytes, static_cast<std::size_t>(n), MSG_NOSIGNAL) < 0) break;
      shutdown(into, SHUT_RDWR);
    };
    pumps.emplace_back(pump, end, tcp);
    pumps.emplace_back(pump, tcp, end);
    ++carried;
    return {};
  };
  {
    Cluster cluster(access, options);
    const core::Probe server = core::KubeServer{};
    for (int i = 0; i < 3; ++i) {
      std::vector<core::Probe> probes{server};
      for (int k = 0; k < 20; ++k)
        probes.push_back(core::KubeObject{{"v1", "ConfigMap", "default", "c" + std::to_string(k)}});
      CHECK(text_of(*cluster.gather(probes).record(server), "through") == "k3s-server");
    }
    CHECK(carried.load() == 1);
  }
  for (auto& pump : pumps) pump.join();
}

TEST_CASE("faults of the server on the way of a question") {
  Cluster cluster(proxied(), {});
  const core::Probe probe = core::KubeObject{{"v1", "Namespace", "", "default"}};
  CHECK(record(ask(cluster, probe)).size() > 3);
  {
    const Fault fault(R"({"kind":"429","path":"/namespaces/default","times":2,"retryAfter":1})");
    CHECK(record(ask(cluster, probe)).size() > 3);
  }
  {
    const Fault fault(R"({"kind":"500","path":"/namespaces/default","times":2})");
    CHECK(record(ask(cluster, probe)).size() > 3);
  }
  {
    const Fault fault(R"({"kind":"500","path":"/namespaces/default"})");
    CHECK(why(ask(cluster, probe)) == "the API server answers 500: the lab was told to answer so");
  }
  {
    const Fault fault(R"({"kind":"cut","path":"/namespaces/default","times":1})");
    CHECK(record(ask(cluster, probe)).size() > 3);
  }
  {
    const Fault fault(R"({"kind":"cut","path":"/namespaces/default"})");
    const auto error = error_of([&] { ask(cluster, probe); });
    CHECK(error.kind() == core::ErrorKind::unreachable);
    CHECK(error.message().find(" was lost before the answer was whole") != std::string::npos);
  }
  {
    const Fault fault(R"({"kind":"429","path":"/namespaces/default","retryAfter":60})");
    CHECK(why(ask(cluster, probe)) == "the API server answers 429 (too many requests): the lab was told to answer so");
  }
}
