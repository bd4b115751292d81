#include <doctest/doctest.h>

#include <map>
#include <optional>

#include "steps/step.hpp"
#include "support/error_text.hpp"
#include "yaml/parse.hpp"

using namespace gpuctl;

// What the cluster's kinds of step refuse, and where they say it stands.

namespace {

/// A folder of manifests in memory.
struct Folder : core::Source {
  std::map<std::string, std::string> files;

  std::string read(const std::string& path) override { return files.at(path); }
  std::vector<std::string> list(const std::string& path) override {
    std::vector<std::string> out;
    for (const auto& [name, content] : files)
      if (name == path || name.starts_with(path + "/")) out.push_back(name);
    return out;
  }
  std::vector<core::Node> documents(const std::string& path) override { return yaml::parse_all(read(path), path); }
  std::string sealed(const std::string& value) override { return value; }
};

std::string made(const std::string& kind, const std::string& yaml, Folder files = {},
                 const std::optional<core::ExpectedGpus>& gpus = {}) {
  const auto node = yaml::parse(yaml, "p.yaml");
  core::Host host;
  host.name = "n1";
  host.gpus = gpus;
  try {
    core::Params params(node, kind, host, files);
    return steps::Step::make(kind, params).title();
  } catch (const core::Error& error) {
    return test::error_text(error);
  }
}

/// The error of a folder with these files, or the step's title.
std::string set_of(const std::string& a, const std::string& b = {}) {
  Folder files;
  files.files["m/a.yaml"] = a;
  if (!b.empty()) files.files["m/b.yml"] = b;
  return made("manifests", "{path: m}", files);
}

bool says(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  MESSAGE(text);
  return false;
}

const std::string map_a = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: x}}\n";

}  // namespace

TEST_CASE("node: labels, taints, what is expected") {
  CHECK(made("node", "{}") == "n1, Ready");
  CHECK(made("node", "{labels: {a: b, c: d}, taints: [gpu:NoSchedule], expect: {at_least: 30}}") ==
        "n1, 2 labels, 1 taint, discovered labels");
  CHECK(says(made("node", "{labels: {a: true}}"), "in quotes"));
  CHECK(says(made("node", "{taints: [gpu=true]}"), "`gpu=true` is not a taint"));
  CHECK(says(made("node", "{taints: [\"gpu=true:NoWay\"]}"), "the effects are NoSchedule"));
  CHECK(says(made("node", "{taints: [\"a=b=c:NoSchedule\"]}"), "is not a taint"));
  CHECK(says(made("node", "{expect: {atleast: 1}}"), "at_least"));
  CHECK(says(made("node", "{expect: {at_least: -1}}"), "such as 30"));
}

TEST_CASE("namespace, runtime_class, cluster_policy") {
  CHECK(made("namespace", "{name: ml}") == "ml");
  CHECK(says(made("namespace", "{}"), "\"name\" is missing"));
  CHECK(says(made("namespace", "{name: ML}"), "`ML` is no name of an object"));
  CHECK(made("runtime_class", "{}") == "nvidia -> nvidia");
  CHECK(made("runtime_class", "{name: a}") == "a -> a");
  CHECK(says(made("runtime_class", "{handler: \"a b\"}"), "no name"));
  CHECK(made("cluster_policy", "{}") == "cluster-policy");
}

TEST_CASE("rollout: known kinds need no apiVersion") {
  CHECK(made("rollout", "{kind: DaemonSet, name: a, namespace: b}") == "DaemonSet b/a");
  CHECK(made("rollout", "{kind: Deployment, name: a}") == "Deployment default/a");
  CHECK(made("rollout", "{workloads: [{kind: Pod, name: a}, {kind: Job, name: b}]}") == "Pod default/a and 1 more");
  CHECK(made("rollout", "{kind: Widget, api_version: example.com/v1, name: a}") == "Widget a");
  CHECK(says(made("rollout", "{kind: Widget, name: a}"), "api_version"));
  CHECK(says(made("rollout", "{kind: Node, name: a, namespace: b}"), "has no namespace"));
  CHECK(says(made("rollout", "{workloads: []}"), "expected a list"));
  CHECK(says(made("rollout", "{workloads: [{kind: Pod, nme: a}]}"), "rollout.workloads[0]"));
}

TEST_CASE("gpu_capacity: a count of nothing would prove nothing") {
  const core::ExpectedGpus two{2, "T4", 0};
  CHECK(made("gpu_capacity", "{}", {}, two) == "nvidia.com/gpu: 2 on n1");
  CHECK(made("gpu_capacity", "{count: 4, resource: nvidia.com/mig-1g.5gb}") == "nvidia.com/mig-1g.5gb: 4 on n1");
  CHECK(says(made("gpu_capacity", "{}"), "without a count this would pass"));
  CHECK(says(made("gpu_capacity", "{count: 0}", {}, two), "without a count this would pass"));
  CHECK(says(made("gpu_capacity", "{count: 1, resource: gpu}"), "extended resource"));
}

TEST_CASE("test_pod: what can be said of the pod") {
  CHECK(made("test_pod", "{image: a}") == "default/gpu-test on n1 (creates a pod, and removes it)");
  CHECK(says(made("test_pod", "{}"), "\"image\" is missing"));
  CHECK(says(made("test_pod", "{image: \"a b\"}"), "name of an image"));
  CHECK(says(made("test_pod", "{image: a, gpus: -1}"), "0 to 1024"));
  CHECK(says(made("test_pod", "{image: a, tolerations: [x]}"), "`x` is not a taint"));
  CHECK(says(made("test_pod", "{image: a, tolerations: [{operator: Equal}]}"), "operator: Exists"));
  CHECK(says(made("test_pod", "{image: a, tolerations: [{key: a, efect: NoSchedule}]}"), "effect"));
  CHECK(says(made("test_pod", "{image: a, deadline: 3h}"), "1s to 2h"));
  CHECK(says(made("test_pod", "{image: a, env: {A: [1]}}"), "expected a string"));
}

TEST_CASE("waive: a check, a text, a reason, and what proves it harmless") {
  const std::string good = "{check: validator, match: no CUDA, while: test_pod, reason: known}";
  CHECK(made("waive", good) == "validator while test_pod passes");
  CHECK(says(made("waive", "{check: a, match: \"\", while: b, reason: c}"), "for every failure"));
  CHECK(says(made("waive", "{check: a, match: x, while: a, reason: c}"), "another step"));
  CHECK(says(made("waive", "{check: a, match: x, while: b}"), "\"reason\" is missing"));
  Folder none;
  core::Host host;
  const auto node = yaml::parse(good, "p.yaml");
  core::Params params(node, "waive", host, none);
  const auto step = steps::Step::make("waive", params);
  REQUIRE(step.waiver());
  CHECK(*step.waiver() == core::Waiver{"validator", "no CUDA", "test_pod", "known"});
  CHECK(step.probes({}).empty());
  CHECK(step.plan({}).converged());
}

TEST_CASE("whom the kinds ask") {
  Folder none;
  core::Host host;
  const auto scope = [&](const std::string& kind, const std::string& yaml) {
    const auto node = yaml::parse(yaml, "p.yaml");
    core::Params params(node, kind, host, none);
    const auto step = steps::Step::make(kind, params);
    CHECK((kind == "waive") == (step.waiver() != nullptr));
    return step.scope();
  };
  CHECK(scope("driver", "{}") == steps::Scope::host);
  CHECK(scope("node", "{}") == steps::Scope::node);
  CHECK(scope("test_pod", "{image: a}") == steps::Scope::node);
  CHECK(scope("cluster_policy", "{}") == steps::Scope::cluster);
}

TEST_CASE("manifests: what is in the files, in their places") {
  CHECK(set_of(map_a) == "m: 1 object");
  CHECK(says(set_of("- a\n"), "m/a.yaml:1:1: expected an object, found a list"));
  CHECK(says(set_of("a: b: c\n"), "m/a.yaml:1:5: a second \":\""));
  CHECK(says(set_of("{apiVersion: v1, metadata: {name: a}}\n"), "m/a.yaml:1:1: an object without a kind"));
  CHECK(says(set_of("{kind: ConfigMap, metadata: {name: a}}\n"), "without an apiVersion"));
  CHECK(says(set_of("{apiVersion: v1, kind: ConfigMap}\n"), "a ConfigMap without metadata"));
  CHECK(says(set_of("{apiVersion: v1, kind: ConfigMap, metadata: {}}\n"), "without a name"));
  CHECK(says(set_of("{apiVersion: v1, kind: Job, metadata: {generateName: a-}}\n"), "another object each time"));
  CHECK(says(set_of("---\n"), "no object in m"));
  Folder readme;
  readme.files["m/README.md"] = "x";
  CHECK(says(made("manifests", "{path: m}", readme), "no manifests in m"));
  CHECK(says(made("manifests", "{path: []}"), "expected a file or a folder"));
}

TEST_CASE("manifests: two objects of one name are refused with both places") {
  CHECK(set_of(map_a, "---\n" + map_a) == "m/b.yml:2:1: a second ConfigMap x/a, the first is at m/a.yaml:1:1");
  CHECK(set_of(map_a, "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: z}}\n") == "m: 2 objects");
  CHECK(says(set_of("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default}}\n"),
             "a second ConfigMap default/a"));
}

TEST_CASE("manifests: a List stands for its items") {
  CHECK(set_of("{apiVersion: v1, kind: List, items: [" + map_a +
               ", {apiVersion: v1, kind: Secret, metadata: {name: b}}]}") == "m: 2 objects");
  CHECK(says(set_of("{apiVersion: v1, kind: List, items: [1]}\n"), "expected an object, found 1"));
}

TEST_CASE("manifests: words that mean one thing here and another to kubectl are refused") {
  const auto with = [](const std::string& value) {
    return set_of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  k: " + value + "\n");
  };
  CHECK(says(with("yes"), "m/a.yaml:5:6: `yes` is a boolean to some readers"));
  CHECK(says(with("Off"), "`Off`"));
  CHECK(says(with("True"), "`True`"));
  CHECK(with("\"yes\"") == "m: 1 object");
  CHECK(with("yesterday") == "m: 1 object");
}
