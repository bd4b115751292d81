#pragma once

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>

#include "core/error.hpp"
#include "kube/cluster.hpp"
#include "kube/kubeconfig.hpp"
#include "yaml/parse.hpp"

// What the tests share that talk to the API server which cluster_test.py has started.

namespace gpuctl::test {

using core::text_of;

inline std::string variable(const std::string& name) {
  const char* value = std::getenv(("GPUCTL_KUBE_" + name).c_str());
  REQUIRE_MESSAGE(value != nullptr, "cluster_test.py sets GPUCTL_KUBE_" << name);
  return value;
}

inline std::string slurp(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// The administrator's access to the API server itself.
inline kube::Access admin() {
  const kube::Outside outside{slurp, {}, std::chrono::system_clock::now()};
  const auto parse = [](const std::string& path) { return std::optional(yaml::parse(slurp(path), path)); };
  return kube::Kubeconfig::load({variable("CONFIG")}, parse).access("", outside);
}

/// The same through the proxy that spoils answers.
inline kube::Access proxied() {
  auto access = admin();
  access.server = variable("PROXY");
  return access;
}

/// A user of whom the cluster knows nothing but the name, and whom no rule lets do anything.
inline kube::Access nobody() {
  auto access = admin();
  access.certificate = slurp(variable("NOBODY") + ".crt");
  access.key = core::Secret(slurp(variable("NOBODY") + ".key"));
  return access;
}

/// Tells the proxy: one request over its control socket.
inline void control(const std::string& method, const std::string& path, const std::string& body = "") {
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  variable("CONTROL").copy(to.sun_path, sizeof to.sun_path - 1);
  REQUIRE(connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
  const std::string text = method + " " + path + " HTTP/1.1\r\nHost: proxy\r\nConnection: close\r\nContent-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n" + body;
  REQUIRE(write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  std::string answer(4096, '\0');
  answer.resize(static_cast<std::size_t>(std::max<ssize_t>(0, read(fd, answer.data(), answer.size()))));
  close(fd);
  REQUIRE_MESSAGE(answer.find(" 200 ") != std::string::npos, answer);
}

/// A fault of the proxy, as long as it lives: `{"kind":"429","verb":"list","path":"/nodes","times":2}`.
struct Fault {
  explicit Fault(const std::string& rule) { control("POST", "/faults", rule); }
  ~Fault() { control("DELETE", "/faults"); }
  Fault(const Fault&) = delete;
  Fault& operator=(const Fault&) = delete;
};

inline core::Fields fields(const std::string& yaml) {
  return core::flatten(yaml::parse(yaml, "test"));
}

inline core::KubeApply apply(const std::string& yaml) {
  core::KubeApply out;
  out.fields = fields(yaml);
  const auto text = [&](const char* pointer) {
    const auto at = out.fields.find(pointer);
    return at == out.fields.end() ? std::string() : at->second.text;
  };
  out.object = {text("/apiVersion"), text("/kind"), text("/metadata/namespace"), text("/metadata/name")};
  return out;
}

inline core::KubeApply space(const std::string& name, const std::string& labels = "{}") {
  return apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + ", labels: " + labels + "}}");
}

inline core::KubeApply config_map(const std::string& where, const std::string& name, const std::string& data) {
  return apply("{apiVersion: v1, kind: ConfigMap, metadata: {namespace: " + where + ", name: " + name +
               "}, data: " + data + "}");
}

inline core::Done done(core::Actor& actor, std::vector<core::Action> actions, std::vector<core::Probe> then = {}) {
  return actor.perform(actions, then);
}

/// It has to work.
inline void make(core::Actor& actor, std::vector<core::Action> actions) {
  const auto result = done(actor, std::move(actions));
  REQUIRE_MESSAGE(result.ok, result.why << "\n" << result.evidence);
}

inline core::Answer ask(core::Observer& observer, const core::Probe& probe) {
  const auto facts = observer.gather({&probe, 1});
  REQUIRE(facts.find(probe));
  return *facts.find(probe);
}

inline core::Record record(const core::Answer& answer) {
  REQUIRE_MESSAGE(std::holds_alternative<core::Record>(answer), core::describe(answer));
  return std::get<core::Record>(answer);
}

inline std::string why(const core::Answer& answer) {
  const auto* failed = std::get_if<core::Failed>(&answer);
  return failed ? failed->why : "no failure: " + core::describe(answer);
}

/// What a kubelet would do: a pod's status becomes this.
inline void set_status(const core::KubeRef& pod, const std::string& status) {
  kube::Api api(admin(), {});
  const auto response =
      api.send(api.request("PATCH", "/api/v1/namespaces/" + pod.namespace_ + "/pods/" + pod.name + "/status",
                           "application/merge-patch+json", R"({"status":)" + status + "}"));
  REQUIRE_MESSAGE(response.good(), response.body);
}

inline core::Deadline in_seconds(int seconds) {
  return std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
}

inline core::Error error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const core::Error& error) {
    return error;
  }
  FAIL("nothing was thrown");
  return core::Error(core::ErrorKind::failed, "");
}

}  // namespace gpuctl::test
