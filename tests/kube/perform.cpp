#include <fmt/core.h>

#include <thread>

#include "kube/fixture.hpp"

using namespace gpuctl;
using namespace gpuctl::test;
using kube::Cluster;

namespace {

core::KubeObject object(const core::KubeApply& apply) {
  return {apply.object};
}

core::KubeApply definition(const std::string& group, const std::string& kind, const std::string& plural) {
  std::string singular = kind;
  for (char& c : singular) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return apply(
      "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: " + plural + "." + group +
      "}, spec: {group: " + group + ", scope: Cluster, names: {kind: " + kind + ", plural: " + plural +
      ", singular: " + singular +
      "}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: "
      "{spec: {type: object, properties: {size: {type: integer}}}}}}}]}}");
}

std::string quota(const std::string& name) {
  return "{apiVersion: v1, kind: ResourceQuota, metadata: {namespace: act, name: " + name +
         "}, spec: {hard: {pods: '5'}}}";
}

}  // namespace

TEST_CASE("apply, look, apply again, delete") {
  Cluster cluster(admin(), {});
  make(cluster, {space("act")});
  const auto map = config_map("act", "one", "{'0': zero, a: '1'}");
  const auto made = done(cluster, {map}, {object(map)});
  REQUIRE(made.ok);
  const auto seen = *made.facts.record(object(map));
  CHECK(text_of(seen, "/data/0") == "zero");
  CHECK(text_of(seen, "managers") == "gpuctl");
  CHECK(core::differing(map.fields, seen).empty());
  make(cluster, {map});
  CHECK(text_of(record(ask(cluster, object(map))), "/metadata/resourceVersion") ==
        text_of(seen, "/metadata/resourceVersion"));

  auto stale = done(cluster, {core::KubeDelete{map.object, "00000000-0000-0000-0000-000000000000"}});
  CHECK(!stale.ok);
  CHECK(stale.why == "ConfigMap act/one: it has been replaced by another of its name since it was looked at");
  const auto removed = done(cluster, {core::KubeDelete{map.object, text_of(seen, "/metadata/uid")}}, {object(map)});
  CHECK(removed.ok);
  CHECK(std::holds_alternative<core::Absent>(*removed.facts.find(object(map))));
  make(cluster, {core::KubeDelete{map.object, ""}, core::KubeDelete{{"nvidia.com/v1", "ClusterPolicy", "", "x"}, ""}});
}

TEST_CASE("what is deleted of one kind is deleted at once; who was replaced meanwhile is named") {
  Cluster cluster(admin(), {});
  make(cluster, {space("act")});
  std::vector<core::Action> applies, deletes;
  for (int i = 0; i < 12; ++i) {
    applies.emplace_back(config_map("act", fmt::format("many-{}", i), "{a: '1'}"));
    deletes.emplace_back(core::KubeDelete{std::get<core::KubeApply>(applies.back()).object, ""});
  }
  make(cluster, applies);
  const int before = cluster.counts().depth;
  make(cluster, deletes);
  CHECK(cluster.counts().depth == before + 1);
  make(cluster, applies);
  std::get<core::KubeDelete>(deletes[7]).uid = "00000000-0000-0000-0000-000000000000";
  const auto stale = done(cluster, deletes);
  CHECK(stale.failed_action == 7);
  CHECK(stale.why == "ConfigMap act/many-7: it has been replaced by another of its name since it was looked at");
  make(cluster, {core::KubeDelete{std::get<core::KubeDelete>(deletes[7]).object, ""}});
}

TEST_CASE("a new kind and its objects in one go") {
  Cluster cluster(admin(), {});
  const core::KubeObject first{{"new.example.com/v1", "Widget", "", "w1"}};
  CHECK(why(ask(cluster, first)).find("the cluster knows no kind Widget") == 0);
  const auto widget = [](const std::string& name) {
    return apply("{apiVersion: new.example.com/v1, kind: Widget, metadata: {name: " + name + "}, spec: {size: 3}}");
  };
  const auto result =
      done(cluster, {definition("new.example.com", "Widget", "widgets"), widget("w1"), widget("w2")}, {first});
  REQUIRE_MESSAGE(result.ok, result.why);
  CHECK(text_of(*result.facts.record(first), "/spec/size") == "3");
  const auto wrong = done(cluster, {apply("{apiVersion: new.example.com/v1, kind: Gadget, metadata: {name: g}}")});
  CHECK(wrong.why == "Gadget g: the cluster knows no kind Gadget of new.example.com/v1 (did you mean Widget?)");
  // Somebody else's client learns of it, too.
  CHECK(std::holds_alternative<core::Record>(
      ask(cluster, core::KubeList{"new.example.com/v1", "Widget", "", "", "", {}})));
}

TEST_CASE("a conflict names the owner and the field, and is forced only when that is said") {
  Cluster cluster(admin(), {});
  make(cluster, {space("act")});
  auto theirs = config_map("act", "shared", "{mode: theirs, other: x}");
  theirs.manager = "kubectl-edit";
  make(cluster, {theirs});
  auto ours = config_map("act", "shared", "{mode: ours}");
  auto result = done(cluster, {space("act"), ours}, {object(ours)});
  CHECK(!result.ok);
  CHECK(result.failed_action == 1);
  CHECK(result.why == "ConfigMap act/shared: .data.mode belongs to field manager \"kubectl-edit\"");
  CHECK(text_of(*result.facts.record(object(ours)), "/data/mode") == "theirs");
  CHECK(why(ask(cluster, core::KubeDryRun{ours.object, ours.fields, "gpuctl"})) ==
        ".data.mode belongs to field manager \"kubectl-edit\"");
  ours.force = true;
  make(cluster, {ours});
  CHECK(text_of(record(ask(cluster, object(ours))), "/data/mode") == "ours");
  CHECK(text_of(record(ask(cluster, object(ours))), "/data/other") == "x");
}

TEST_CASE("what the server refuses, in its words") {
  Cluster cluster(admin(), {});
  make(cluster, {space("act"), space("strict", "{pod-security.kubernetes.io/enforce: restricted}")});
  const auto refused = [&](const core::KubeApply& action) { return done(cluster, {action}).why; };
  CHECK(refused(apply("{apiVersion: v1, kind: ConfigMap, metadata: {namespace: nowhere, name: x}}")) ==
        "ConfigMap nowhere/x: namespace nowhere does not exist");
  CHECK(refused(apply("{apiVersion: v1, kind: ConfigMap, metadata: {namespace: act, name: x}, dta: {a: b}}"))
            .find("dta") != std::string::npos);
  CHECK(
      refused(
          apply("{apiVersion: v1, kind: Service, metadata: {namespace: act, name: x}, spec: {ports: [{port: 99999}]}}"))
          .find("Service act/x: spec.ports[0].port: Invalid value: 99999: ") == 0);
  CHECK(refused(apply("{apiVersion: v1, kind: Pod, metadata: {namespace: strict, name: p}, spec: {containers: [{name: "
                      "c, image: x, "
                      "securityContext: {privileged: true}}]}}"))
            .find("Pod strict/p: PodSecurity \"restricted:latest\" of the namespace refuses it: privileged (") == 0);
  CHECK(refused(apply("{apiVersion: new/v9, kind: Nothing, metadata: {name: x}}")) ==
        "Nothing x: the cluster knows no kind Nothing of new/v9");
  Cluster eve(nobody(), {});
  CHECK(done(eve, {config_map("act", "x", "{a: b}")}).why ==
        "ConfigMap act/x: user \"nobody\" may not patch configmaps in namespace \"act\"");
}

namespace {

/// Why a quota is refused in the namespace `hooked` while its webhook is asked at `client`.
std::string refused_by_webhook(const std::string& client) {
  Cluster cluster(admin(), {});
  const auto hook = apply(
      "{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: hook}, "
      "webhooks: [{name: hook.example.com, sideEffects: None, admissionReviewVersions: [v1], timeoutSeconds: 5, "
      "clientConfig: {" +
      client +
      "}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: hooked}}, rules: [{apiGroups: [''], "
      "apiVersions: [v1], operations: [CREATE], resources: [resourcequotas]}]}]}");
  const auto quota =
      apply("{apiVersion: v1, kind: ResourceQuota, metadata: {namespace: hooked, name: q}, spec: {hard: {pods: '5'}}}");
  make(cluster, {space("hooked"), hook});
  std::string why;
  // The server takes a moment to know its webhooks.
  for (const auto deadline = in_seconds(10); why.empty() && std::chrono::steady_clock::now() < deadline;) {
    const auto result = done(cluster, {quota});
    why = result.why;
    if (result.ok) make(cluster, {core::KubeDelete{quota.object, ""}});
  }
  make(cluster, {core::KubeDelete{hook.object, ""}});
  return why;
}

}  // namespace

TEST_CASE("a webhook that refuses, and one that is not there") {
  CHECK(refused_by_webhook("url: 'https://127.0.0.1:" + variable("FREE_PORT") + "/x'")
            .find("ResourceQuota hooked/q: admission webhook hook.example.com could not be asked: ") == 0);
  CHECK(refused_by_webhook("url: '" + variable("HOOK") + "', caBundle: " + variable("HOOK_ISSUER")) ==
        "ResourceQuota hooked/q: admission webhook hook.example.com refuses it: no quotas on Fridays");
}

TEST_CASE("a taint comes and goes, the others stay") {
  Cluster cluster(admin(), {});
  make(cluster, {apply("{apiVersion: v1, kind: Node, metadata: {name: tainted}, spec: {taints: [{key: other, effect: "
                       "NoExecute}]}}")});
  const core::KubeObject node{{"v1", "Node", "", "tainted"}};
  const auto taints = [&] {
    std::string out;
    const auto seen = record(ask(cluster, node));
    for (int i = 0;; ++i) {
      const auto at = "/spec/taints/" + std::to_string(i);
      const auto key = text_of(seen, at + "/key");
      if (key.empty()) return out;
      if (key.starts_with("node.kubernetes.io/")) continue;  // a controller's, which comes and goes
      out += key + "=" + text_of(seen, at + "/value") + ":" + text_of(seen, at + "/effect") + " ";
    }
  };
  const auto before = taints();
  make(cluster, {core::KubeTaint{"tainted", "gpu", "true", "NoSchedule", false}});
  CHECK(taints() == before + "gpu=true:NoSchedule ");
  make(cluster, {core::KubeTaint{"tainted", "gpu", "false", "NoSchedule", false}});
  CHECK(taints() == before + "gpu=false:NoSchedule ");
  make(cluster, {core::KubeTaint{"tainted", "gpu", "", "NoSchedule", true}});
  CHECK(taints() == before);
  CHECK(done(cluster, {core::KubeTaint{"nowhere", "gpu", "", "NoSchedule", false}}).why ==
        "Node nowhere: nodes \"nowhere\" not found");
  // Many at a time: each reads and writes the whole list.
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&, i] {
      CHECK(done(cluster, {core::KubeTaint{"tainted", "k" + std::to_string(i), "", "NoSchedule", false}}).why.empty());
    });
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < 4; ++i) CHECK(taints().find("k" + std::to_string(i) + "=:NoSchedule ") != std::string::npos);
}

TEST_CASE("an apply that is cut is repeated, one that stays cut is an error, and the next run converges") {
  Cluster cluster(proxied(), {});
  make(cluster, {space("act")});
  const auto limited = apply(quota("cut"));
  {
    const Fault fault(R"({"kind":"cut","verb":"patch","path":"resourcequotas","times":1})");
    make(cluster, {limited});
  }
  {
    const Fault fault(R"({"kind":"cut","verb":"patch","path":"resourcequotas"})");
    CHECK(error_of([&] { done(cluster, {limited}); }).kind() == core::ErrorKind::unreachable);
  }
  make(cluster, {limited});
}

TEST_CASE("an eviction, and a budget that forbids it") {
  Cluster cluster(admin(), {});
  make(cluster, {space("evict"),
                 apply("{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {namespace: evict, name: keep}, "
                       "spec: {minAvailable: 1, "
                       "selector: {matchLabels: {app: kept}}}}"),
                 apply("{apiVersion: v1, kind: ServiceAccount, metadata: {namespace: evict, name: default}}")});
  const auto pod = [](const std::string& name, const std::string& app) {
    return apply("{apiVersion: v1, kind: Pod, metadata: {namespace: evict, name: " + name + ", labels: {app: " + app +
                 "}}, spec: {nodeName: nowhere, containers: [{name: c, image: x}]}}");
  };
  make(cluster, {pod("free", "other"), pod("kept", "kept")});
  CHECK(cluster.evict("evict", "nothing").outcome == kube::Eviction::Outcome::absent);
  CHECK(cluster.evict("evict", "free").outcome == kube::Eviction::Outcome::evicted);
  set_status({"v1", "Pod", "evict", "kept"}, R"({"phase":"Running","conditions":[{"type":"Ready","status":"True"}]})");
  const core::Probe budget = core::KubeObject{{"policy/v1", "PodDisruptionBudget", "evict", "keep"}};
  auto facts = cluster.gather({&budget, 1});
  while (text_of(*facts.record(budget), "/status/currentHealthy") != "1")
    facts = cluster.wait({&budget, 1}, facts, in_seconds(20));
  const auto blocked = cluster.evict("evict", "kept");
  CHECK(blocked.outcome == kube::Eviction::Outcome::blocked);
  CHECK(blocked.why == "The disruption budget keep needs 1 healthy pods and has 1 currently");
}
