#include <doctest/doctest.h>

#include "core/kube.hpp"
#include "yaml/parse.hpp"

using namespace gpuctl;
using namespace gpuctl::core;

namespace {

Fields fields(const std::string& yaml) {
  return flatten(yaml::parse(yaml, "m.yaml"));
}

Record object(const std::string& yaml) {
  return record_of(fields(yaml));
}

/// `POINTER=what is there` of each difference, one a line.
std::string off(const std::string& sent, const std::string& live) {
  std::string out;
  for (const auto& [pointer, seen] : differing(fields(sent), object(live)))
    out += pointer + "=" + describe(seen) + "\n";
  return out;
}

}  // namespace

TEST_CASE("flatten keeps every leaf with its kind") {
  const auto f = fields("{a: {b.c/d~e: [x, 1]}, n: null, t: true, d: 0.50, s: \"1\", m: {}, l: []}");
  CHECK(f.at("/a/b.c~1d~0e/0") == Leaf{"x", true});
  CHECK(f.at("/a/b.c~1d~0e/1") == Leaf{"1", false});
  CHECK(f.at("/n") == Leaf{"null", false});
  CHECK(f.at("/t") == Leaf{"true", false});
  CHECK(f.at("/d") == Leaf{"0.50", false});
  CHECK(f.at("/s") == Leaf{"1", true});
  CHECK(f.at("/m") == Leaf{"{}", false});
  CHECK(f.at("/l") == Leaf{"[]", false});
  CHECK(f.size() == 8);
}

TEST_CASE("objects and groups are named as people name them") {
  CHECK(describe(KubeRef{"apps/v1", "DaemonSet", "ns", "a"}) == "DaemonSet ns/a");
  CHECK(describe(KubeRef{"v1", "Node", "", "n"}) == "Node n");
  CHECK(group_of("v1").empty());
  CHECK(group_of("apps/v1") == "apps");
  CHECK(is_builtin_group(""));
  CHECK(is_builtin_group("node.k8s.io"));
  CHECK_FALSE(is_builtin_group("nvidia.com"));
  CHECK_FALSE(is_builtin_group("gateway.networking.k8s.io"));
}

TEST_CASE("differing: only what is sent counts") {
  CHECK(off("{a: 1}", "{a: 1, b: 2}").empty());
  CHECK(off("{a: 1, c: x}", "{a: 2}") == "/a=2\n/c=absent\n");
  CHECK(off("{a: {b: 1}}", "{a: x}") == "/a/b=absent\n");
}

TEST_CASE("differing: members of a list are found by what identifies them, wherever they stand") {
  const std::string live =
      "{c: [{name: sidecar, image: s}, {name: main, image: m, ports: [{containerPort: 1}, {containerPort: 2, protocol: "
      "UDP}]}]}";
  CHECK(off("{c: [{name: main, image: m}]}", live).empty());
  CHECK(off("{c: [{name: main, image: new}]}", live) == "/c/0/image=m\n");
  CHECK(off("{c: [{name: other, image: m}]}", live) == "/c/0/image=absent\n/c/0/name=absent\n");
  CHECK(off("{c: [{name: main, ports: [{containerPort: 2, protocol: UDP}]}]}", live).empty());
  CHECK(off("{c: [{name: main, ports: [{containerPort: 1, protocol: TCP}]}]}", live) ==
        "/c/0/ports/0/protocol=absent\n");
}

TEST_CASE("differing: where nothing identifies them, the place counts") {
  CHECK(off("{args: [a, b]}", "{args: [a, b]}").empty());
  CHECK(off("{args: [b, a]}", "{args: [a, b]}") == "/args/0=a\n/args/1=b\n");
  CHECK(off("{l: [{key: a, effect: x}]}", "{l: [{key: b, effect: x}]}") == "/l/0/key=b\n");
}

TEST_CASE("differing: quantities by their value, and only where quantities stand") {
  CHECK(off("{resources: {limits: {cpu: 0.5, memory: 1024Mi}}}", "{resources: {limits: {cpu: 500m, memory: 1Gi}}}")
            .empty());
  CHECK(off("{resources: {limits: {cpu: 1}}}", "{resources: {limits: {cpu: 500m}}}") == "/resources/limits/cpu=500m\n");
  CHECK(off("{data: {size: 1024Mi}}", "{data: {size: 1Gi}}") == "/data/size=1Gi\n");
}

TEST_CASE("differing: null is nothing, and what is empty need not be written") {
  CHECK(off("{a: null}", "{b: 1}").empty());
  CHECK(off("{a: null}", "{a: 1}") == "/a=1\n");
  CHECK(off("{a: null}", "{a: {b: 1}}") == "/a=absent\n");
  CHECK(off("{a: {}, l: []}", "{b: 1}").empty());
  CHECK(off("{a: {}}", "{a: {x: 1}}").empty());
  CHECK(off("{a: \"\"}", "{b: 1}") == "/a=absent\n");
}

TEST_CASE("differing: zeros that the server's types leave out are no difference, those that say something are") {
  const std::string own = "apiVersion: v1\nkind: Pod\n";
  CHECK(off(own + "spec: {hostNetwork: false, hostPID: false, n: 0, tolerations: [{key: a, value: \"\"}]}",
            own + "spec: {tolerations: [{key: a}]}")
            .empty());
  CHECK(off(own + "spec: {hostNetwork: true}", own) == "/spec/hostNetwork=absent\n");
  CHECK(off(own + "spec: {replicas: 0, privileged: false}", own) == "/spec/privileged=absent\n/spec/replicas=absent\n");
  CHECK(off(own + "metadata: {labels: {a: \"\"}}", own) == "/metadata/labels/a=absent\n");
  CHECK(off(own + "spec: {hostNetwork: false}", own + "spec: {hostNetwork: true}") == "/spec/hostNetwork=true\n");
  const std::string custom = "apiVersion: nvidia.com/v1\nkind: ClusterPolicy\n";
  CHECK(off(custom + "spec: {a: false}", custom) == "/spec/a=absent\n");
}

TEST_CASE("merged: what was sent is what is there, and nothing else was touched") {
  const std::string live = "{c: [{name: sidecar, image: s}, {name: main, image: m}], e: {}, x: 1}";
  const std::string sent =
      "{c: [{image: n, name: main}, {image: 1, name: new1}, {image: 2, name: new2}], e: {a: b}, x: null}";
  const auto after = merged(fields(sent), object(live));
  CHECK(differing(fields(sent), after).empty());
  CHECK(text_of(after, "/c/0/image") == "s");
  CHECK(text_of(after, "/c/1/image") == "n");
  CHECK(text_of(after, "/c/2/name") == "new1");
  CHECK(text_of(after, "/c/3/name") == "new2");
  CHECK(text_of(after, "/c/3/image") == "2");
  CHECK_FALSE(after.contains("/e"));
  CHECK_FALSE(after.contains("/x"));
}

TEST_CASE("a key comes back from its part of a pointer") {
  for (const std::string key : {"a", "nvidia.com/gpu", "a~b", "~1", "~0/~"})
    CHECK(key_of(child("", key).substr(1)) == key);
}
