#include <doctest/doctest.h>

#include "kube/flatten.hpp"
#include "kube/pod_news.hpp"

using namespace gpuctl;
using core::text_of;

namespace {

core::Record pod(const std::string& status) {
  return kube::record_of(R"({"spec":{"nodeName":"n1","containers":[{"name":"main"},{"name":"side"}]},"status":)" +
                         status + "}");
}

kube::Listing events(const std::vector<std::string>& texts) {
  kube::Listing out;
  for (const auto& text : texts) out.items[std::to_string(out.items.size())] = kube::record_of(text);
  return out;
}

std::string first(const std::string& status) {
  const auto found = kube::obstacles(pod(status));
  return found.empty() ? "nothing" : kube::describe(found.front()) + (found.front().hopeless ? " (hopeless)" : "");
}

}  // namespace

TEST_CASE("what stands in a pod's way") {
  CHECK(first(R"({"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable",
    "message":"0/1 nodes are available: 1 Insufficient nvidia.com/gpu."}]})") ==
        "cannot be scheduled: 0/1 nodes are available: 1 Insufficient nvidia.com/gpu.");
  CHECK(
      first(
          R"({"containerStatuses":[{"name":"main","state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image \"x\""}}}]})") ==
      "image cannot be pulled: Back-off pulling image \"x\"");
  CHECK(
      first(
          R"({"containerStatuses":[{"name":"main","state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image \"x\": ErrImagePull: no such host"}}}]})") ==
      "image cannot be pulled: no such host");
  CHECK(
      first(
          R"({"containerStatuses":[{"name":"main","state":{"waiting":{"reason":"ErrImageNeverPull","message":"not here"}}}]})") ==
      "ErrImageNeverPull: not here (hopeless)");
  CHECK(first(R"({"containerStatuses":[{"name":"main","state":{"waiting":{"reason":"ContainerCreating"}}}]})") ==
        "nothing");
  CHECK(
      first(
          R"({"containerStatuses":[{"name":"main","state":{"terminated":{"reason":"OOMKilled","exitCode":137}}}]})") ==
      "OOMKilled: container main ended with exit code 137");
  CHECK(first(R"({"reason":"Evicted","message":"disk pressure"})") == "Evicted: disk pressure");
  CHECK(
      first(
          R"({"phase":"Succeeded","containerStatuses":[{"name":"main","state":{"terminated":{"reason":"Completed","exitCode":0}}}]})") ==
      "nothing");
}

TEST_CASE("how a pod ended") {
  const auto ended = pod(
      R"({"phase":"Failed","containerStatuses":[{"name":"side","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},
    {"name":"main","state":{"terminated":{"reason":"Error","exitCode":3}}}]})");
  const auto out = kube::pod_end(ended, {});
  CHECK(text_of(out, "phase") == "Failed");
  CHECK(text_of(out, "node") == "n1");
  CHECK(text_of(out, "exit") == "3");
  CHECK(text_of(out, "reason") == "Error");
  CHECK(kube::has_ended(ended));
  CHECK(!kube::has_ended(pod(R"({"phase":"Running"})")));
}

TEST_CASE("events in the order in which they were last seen") {
  const auto seen = events({
      R"({"type":"Warning","reason":"BackOff","message":"again","lastTimestamp":"2026-01-01T00:00:03Z","count":4})",
      R"({"type":"Normal","reason":"Scheduled","message":"to n1","lastTimestamp":null,"eventTime":"2026-01-01T00:00:01.5Z"})",
      R"({"type":"Warning","reason":"FailedCreatePodSandBox","message":"no runtime for \"nvidia\"\nis configured","lastTimestamp":"2026-01-01T00:00:02Z","count":1})",
  });
  CHECK(kube::event_lines(seen) ==
        "Normal Scheduled: to n1\nWarning FailedCreatePodSandBox: no runtime for \"nvidia\" is configured\nWarning "
        "BackOff: again (4 times)");
  const auto out = kube::pod_end(pod(R"({"phase":"Pending"})"), seen);
  CHECK(text_of(out, "reason") == "FailedCreatePodSandBox");
}
