#include <mutex>
#include <thread>

#include "kube/fixture.hpp"
#include "util/strings.hpp"

using namespace gpuctl;
using namespace gpuctl::test;
using kube::Cluster;

namespace {

core::PodProof proof(const std::string& name, int seconds = 20, const std::string& more = "") {
  const auto pod = apply("{apiVersion: v1, kind: Pod, metadata: {namespace: proofs, name: " + name +
                         "}, spec: {restartPolicy: Never, containers: [{name: main, image: busybox" + more + "}]}}");
  return {pod.object, pod.fields, seconds};
}

core::KubeObject object(const core::PodProof& proof) {
  return {proof.pod};
}

/// The cluster has no node: what a kubelet would say is said by the test, through the pod's status.
struct Proofs {
  Cluster admin{test::admin(), {}};
  std::mutex mutex;
  std::vector<std::string> told;
  std::function<void(const std::string&)> tells = [this](const std::string& text) {
    const std::scoped_lock lock(mutex);
    told.push_back(text);
  };

  Proofs() { make(admin, {space("proofs")}); }

  /// Once the pod is there, its status becomes this.
  void kubelet(const core::PodProof& proof, const std::string& status) {
    const core::Probe probe = object(proof);
    auto facts = admin.gather({&probe, 1});
    while (!facts.record(probe)) facts = admin.wait({&probe, 1}, facts, in_seconds(20));
    set_status(proof.pod, status);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Proofs, "a pod that comes to its end") {
  const auto wanted = proof("good");
  std::thread node([&] {
    kubelet(
        wanted,
        R"({"phase":"Succeeded","containerStatuses":[{"name":"main","image":"busybox","imageID":"x","ready":false,"restartCount":0,
      "state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]})");
  });
  const auto out = record(admin.prove(wanted, tells));
  node.join();
  CHECK(text_of(out, "phase") == "Succeeded");
  CHECK(text_of(out, "exit") == "0");
  CHECK(text_of(out, "kept") == "yes");
  const auto pod = record(ask(admin, object(wanted)));
  CHECK(text_of(pod, "/metadata/labels/app.kubernetes.io~1managed-by") == "gpuctl");
  admin.clear(wanted);
  CHECK(std::holds_alternative<core::Absent>(ask(admin, object(wanted))));
  admin.clear(wanted);
}

TEST_CASE_FIXTURE(Proofs, "a pod that cannot be placed, until its time is over") {
  auto wanted = proof("nowhere", 6, ", resources: {limits: {nvidia.com/gpu: 1}}");
  const auto out = record(admin.prove(wanted, tells));
  CHECK(text_of(out, "phase") == "Pending");
  CHECK(text_of(out, "reason") == "Unschedulable");
  INFO(util::join(told, "\n"));
  REQUIRE(!told.empty());
  CHECK(told[0].find("cannot be scheduled: ") == 0);
  CHECK(text_of(out, "events").find("Warning FailedScheduling: ") != std::string::npos);
  CHECK(std::holds_alternative<core::Absent>(out.at("log")));
  // What was left is removed by the next run.
  wanted.timeout_s = 1;
  told.clear();
  record(admin.prove(wanted, tells));
  CHECK(told[0] == "removing the pod of an earlier run");
  admin.clear(wanted);
}

TEST_CASE_FIXTURE(Proofs, "an image that is not there is told, and waited for; one that never comes ends it") {
  auto slow = proof("slow");
  slow.fields["/spec/nodeName"] = {"nowhere"};  // so that its log cannot be had
  std::thread node([&] {
    kubelet(slow, R"({"containerStatuses":[{"name":"main","image":"x","imageID":"","ready":false,"restartCount":0,
      "state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image"}}}]})");
    kubelet(
        slow,
        R"({"phase":"Failed","containerStatuses":[{"name":"main","image":"x","imageID":"","ready":false,"restartCount":0,
      "state":{"terminated":{"exitCode":3,"reason":"Error"}}}]})");
  });
  auto out = record(admin.prove(slow, tells));
  node.join();
  CHECK(text_of(out, "phase") == "Failed");
  CHECK(text_of(out, "exit") == "3");
  CHECK(text_of(out, "message") == "container main ended with exit code 3");
  CHECK(!text_of(out, "log_why").empty());
  admin.clear(slow);
  const auto never = proof("never", 60);
  std::thread other([&] {
    kubelet(never, R"({"containerStatuses":[{"name":"main","image":"x","imageID":"","ready":false,"restartCount":0,
      "state":{"waiting":{"reason":"ErrImageNeverPull","message":"not present"}}}]})");
  });
  const auto began = std::chrono::steady_clock::now();
  out = record(admin.prove(never, tells));
  other.join();
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(30));
  CHECK(text_of(out, "reason") == "ErrImageNeverPull");
  admin.clear(never);
}

TEST_CASE_FIXTURE(Proofs, "somebody else's pod is left alone, a namespace that is absent is named") {
  const auto theirs = apply(
      "{apiVersion: v1, kind: Pod, metadata: {namespace: proofs, name: taken}, spec: {containers: [{name: c, image: "
      "x}]}}");
  make(admin, {apply("{apiVersion: v1, kind: ServiceAccount, metadata: {namespace: proofs, name: default}}"), theirs});
  CHECK(why(admin.prove(proof("taken"), tells)).find("Pod proofs/taken is there already and was not made by gpuctl") ==
        0);
  admin.clear(proof("taken"));
  CHECK(std::holds_alternative<core::Record>(ask(admin, core::KubeObject{theirs.object})));
  auto lost = proof("lost");
  lost.pod.namespace_ = "nowhere";
  lost.fields["/metadata/namespace"] = {"nowhere"};
  CHECK(why(admin.prove(lost, tells)) == "namespace nowhere does not exist");
}

TEST_CASE_FIXTURE(Proofs, "in a namespace that was made a moment ago") {
  make(admin, {space("fresh")});
  auto wanted = proof("early", 1);
  wanted.pod.namespace_ = "fresh";
  wanted.fields["/metadata/namespace"] = {"fresh"};
  record(admin.prove(wanted, tells));
  make(admin, {core::KubeDelete{{"v1", "Namespace", "", "fresh"}, ""}});
}

TEST_CASE_FIXTURE(Proofs, "a pod that somebody removes, and a cut while it is made") {
  const auto wanted = proof("removed", 60);
  std::thread somebody([&] {
    const core::Probe probe = object(wanted);
    auto facts = admin.gather({&probe, 1});
    while (!facts.record(probe)) facts = admin.wait({&probe, 1}, facts, in_seconds(20));
    make(admin, {core::KubeDelete{wanted.pod, ""}});
  });
  CHECK(why(admin.prove(wanted, tells)) == "Pod proofs/removed was removed by somebody while it was watched");
  somebody.join();
  Cluster through(proxied(), {});
  const Fault fault(R"({"kind":"truncate","verb":"create","path":"/pods","bytes":20,"times":1})");
  CHECK(text_of(record(through.prove(proof("cut", 1), tells)), "phase") == "Pending");
  through.clear(proof("cut"));
}
