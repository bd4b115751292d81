#include <doctest/doctest.h>

#include "core/action.hpp"
#include "core/seal.hpp"
#include "yaml/parse.hpp"

using namespace gpuctl;
using namespace gpuctl::core;

namespace {

Fields fields_of(const std::string& yaml) {
  return flatten(yaml::parse(yaml, "m.yaml"));
}

const KubeRef map{"v1", "ConfigMap", "ns", "a"};
const KubeRef node{"v1", "Node", "", "n"};

KubeApply apply(const KubeRef& ref, const std::string& yaml) {
  return {ref, fields_of(yaml), "gpuctl", false};
}

KubeList list(const std::string& kind, const std::string& labels = {}) {
  return {kind == "DaemonSet" ? "apps/v1" : "v1", kind, "", labels, "", {}};
}

bool is_unknown(const Facts& facts, const Probe& probe) {
  return std::holds_alternative<Unknown>(*facts.find(probe));
}

}  // namespace

TEST_CASE("an apply of what is absent makes it, and what the server adds is unknown") {
  Facts facts;
  facts.set(KubeObject{map}, Absent{});
  predict(apply(map, "{kind: ConfigMap, data: {k: v}}"), facts);
  const auto* object = facts.record(KubeObject{map});
  REQUIRE(object);
  CHECK(text_of(*object, "/data/k") == "v");
  CHECK(std::holds_alternative<Unknown>(object->at("/metadata/uid")));
  CHECK(std::holds_alternative<Unknown>(object->at("managers")));
}

TEST_CASE("an apply changes the fields that are sent, each where the live object has it") {
  const KubeRef set{"apps/v1", "DaemonSet", "ns", "a"};
  Facts facts;
  facts.set(
      KubeObject{set},
      Record{{"/c/0/name", "sidecar"}, {"/c/0/image", "s"}, {"/c/1/name", "main"}, {"/c/1/image", "m"}, {"/x", "1"}});
  predict(apply(set, "{c: [{name: main, image: new}]}"), facts);
  const auto& after = *facts.record(KubeObject{set});
  CHECK(text_of(after, "/c/0/image") == "s");
  CHECK(text_of(after, "/c/1/image") == "new");
  CHECK(text_of(after, "/x") == "1");
  CHECK(std::holds_alternative<Unknown>(after.at("/metadata/generation")));
}

TEST_CASE("what is made anew when it is sent is not known before") {
  const auto rolled = Seal().keep_rolled("place", "value");
  Facts facts;
  const KubeObject there{{"v1", "ConfigMap", "ns", "b"}};
  facts.set(KubeObject{map}, Absent{});
  facts.set(there, Record{{"/data/k", "v"}, {"/data/l", "w"}});
  predict(KubeApply{map, {{"/data/k", {rolled}}}, "helm", false}, facts);
  predict(KubeApply{there.object, {{"/data/k", {rolled}}}, "helm", false}, facts);
  for (const auto& probe : {KubeObject{map}, there})
    CHECK(std::holds_alternative<Unknown>(facts.record(probe)->at("/data/k")));
  CHECK(text_of(*facts.record(there), "/data/l") == "w");
}

TEST_CASE("what nobody asked is not foretold") {
  Facts facts;
  predict(apply(map, "{data: {k: v}}"), facts);
  CHECK(facts.empty());
}

TEST_CASE("an apply makes lists unknown that the object may come into") {
  Facts facts;
  facts.set(list("ConfigMap"), Record{});
  facts.set(list("ConfigMap", "set=x"), Record{});
  facts.set(list("Secret"), Record{});
  facts.set(list("Pod"), Record{});
  predict(apply(map, "{metadata: {labels: {other: y}}}"), facts);
  CHECK(is_unknown(facts, list("ConfigMap")));
  CHECK_FALSE(is_unknown(facts, list("ConfigMap", "set=x")));
  CHECK_FALSE(is_unknown(facts, list("Secret")));
  CHECK_FALSE(is_unknown(facts, list("Pod")));
  predict(apply(map, "{metadata: {labels: {set: y}}}"), facts);
  CHECK(is_unknown(facts, list("ConfigMap", "set=x")));
}

TEST_CASE("which pods there are is unknown once a workload or somebody's own kind was applied") {
  for (const auto& ref :
       {KubeRef{"apps/v1", "DaemonSet", "ns", "a"}, KubeRef{"nvidia.com/v1", "ClusterPolicy", "", "c"}}) {
    Facts facts;
    facts.set(list("Pod"), Record{});
    predict(apply(ref, "{a: b}"), facts);
    CHECK(is_unknown(facts, list("Pod")));
  }
}

TEST_CASE("a definition brings its kind, of which there is no object yet") {
  const KubeRef definition{"apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "widgets.example.com"};
  const KubeObject widget{{"example.com/v1", "Widget", "", "w"}};
  const KubeObject other{{"example.org/v1", "Widget", "", "w"}};
  const KubeList widgets{"example.com/v1", "Widget", "", "a=b", "", {}};
  Facts facts;
  facts.set(widget, Failed{"no such kind"});
  facts.set(other, Failed{"no such kind"});
  facts.set(widgets, Failed{"no such kind"});
  predict(apply(definition, "{spec: {group: example.com, names: {kind: Widget}}}"), facts);
  CHECK(equal(*facts.find(widget), Absent{}));
  CHECK(equal(*facts.find(other), Failed{"no such kind"}));
  CHECK(equal(*facts.find(widgets), Record{}));
}

TEST_CASE("dry runs that were made upon what is there no longer are unknown") {
  const KubeDryRun dry{map, fields_of("{a: b}"), "gpuctl", false};
  const KubeDryRun other{{"v1", "ConfigMap", "ns", "b"}, fields_of("{a: b}"), "gpuctl", false};
  Facts facts;
  facts.set(dry, Record{});
  facts.set(other, Absent{});
  predict(apply(map, "{a: b}"), facts);
  CHECK(is_unknown(facts, dry));
  CHECK_FALSE(is_unknown(facts, other));
  predict(apply({"v1", "Namespace", "", "ns"}, "{a: b}"), facts);
  CHECK(is_unknown(facts, other));
}

TEST_CASE("a delete leaves nothing") {
  Facts facts;
  facts.set(KubeObject{map}, Record{{"/a", "b"}});
  facts.set(list("ConfigMap", "set=x"), Record{{"ns/a", "u"}});
  predict(KubeDelete{map, "u"}, facts);
  CHECK(equal(*facts.find(KubeObject{map}), Absent{}));
  CHECK(is_unknown(facts, list("ConfigMap", "set=x")));
}

TEST_CASE("a taint comes beside the others, in place of one of its key and effect, and goes alone") {
  Facts facts;
  facts.set(KubeObject{node}, Record{{"/spec/taints/0/key", "other"},
                                     {"/spec/taints/0/effect", "NoExecute"},
                                     {"/spec/taints/1/key", "gpu"},
                                     {"/spec/taints/1/value", "no"},
                                     {"/spec/taints/1/effect", "NoSchedule"}});
  predict(KubeTaint{"n", "gpu", "true", "NoSchedule", false}, facts);
  const auto& after = *facts.record(KubeObject{node});
  CHECK(text_of(after, "/spec/taints/0/key") == "other");
  CHECK(text_of(after, "/spec/taints/1/value") == "true");
  CHECK_FALSE(after.contains("/spec/taints/2/key"));
  predict(KubeTaint{"n", "gpu", "true", "NoSchedule", true}, facts);
  CHECK_FALSE(facts.record(KubeObject{node})->contains("/spec/taints/1/key"));
}
