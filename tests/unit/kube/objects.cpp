#include <doctest/doctest.h>

#include "core/error.hpp"
#include "kube/catalog.hpp"
#include "kube/flatten.hpp"
#include "kube/send_fields.hpp"
#include "yaml/parse.hpp"

using namespace gpuctl;
using core::text_of;

TEST_CASE("an object becomes a record of its leaves, its managedFields the names of its managers") {
  const auto record = kube::record_of(R"({
    "kind": "Node", "metadata": {"name": "n", "labels": {"nvidia.com/gpu": "true"}, "annotations": {},
      "managedFields": [
        {"manager": "later", "operation": "Update", "time": "2026-02-01T00:00:00Z", "fieldsV1": {"f:x": {}}},
        {"manager": "kubelet", "subresource": "status", "time": "2025-01-01T00:00:00Z"},
        {"manager": "first", "time": "2026-01-01T00:00:00Z"}, {"manager": "later", "time": "2026-01-02T00:00:00Z"}]},
    "spec": {"taints": [{"key": "gpu"}, {"key": "b"}], "unschedulable": true, "weight": 1.50, "none": null, "empty": []}})");
  CHECK(text_of(record, "/metadata/labels/nvidia.com~1gpu") == "true");
  CHECK(text_of(record, "/spec/taints/1/key") == "b");
  CHECK(text_of(record, "/spec/unschedulable") == "true");
  CHECK(text_of(record, "/spec/weight") == "1.50");
  CHECK(text_of(record, "/spec/none") == "null");
  CHECK(text_of(record, "/spec/empty") == "[]");
  CHECK(text_of(record, "/metadata/annotations") == "{}");
  CHECK(text_of(record, "managers") == "first\nlater");
  for (const auto& [pointer, field] : record) CHECK(pointer.find("managedFields") == std::string::npos);
  for (const char* bad : {"", "[]", "12", "{", "{\"a\":}", "<html>"})
    CHECK_THROWS_AS(kube::record_of(bad), core::Error);
}

TEST_CASE("a list keeps what is asked for, and who it is") {
  const auto page = kube::page_of(R"({"kind":"PodList","metadata":{"resourceVersion":"7","continue":"abc"},"items":[
    {"metadata":{"name":"a","namespace":"x","uid":"1","labels":{"l":"v"}},"spec":{"nodeName":"n","nodeNames":"no"}},
    {"metadata":{"name":"b","namespace":"x","uid":"2"},"spec":{}}]})",
                                  {false, {"/spec/nodeName", "/metadata/labels"}});
  CHECK(page.resource_version == "7");
  CHECK(page.next == "abc");
  REQUIRE(page.items.size() == 2);
  CHECK(kube::key_of(page.items[0]) == "x/a");
  CHECK(text_of(page.items[0], "/spec/nodeName") == "n");
  CHECK(text_of(page.items[0], "/metadata/labels/l") == "v");
  CHECK(!page.items[0].contains("/spec/nodeNames"));
  CHECK(!page.items[1].contains("/spec"));
  CHECK(kube::page_of(R"({"metadata":{},"items":[]})", {}).items.empty());
  CHECK(kube::page_of(R"({"metadata":{},"items":null})", {}).items.empty());
}

TEST_CASE("events of a watch") {
  const kube::Keep keep{false, {"/status"}};
  const auto added = kube::event_of(
      R"({"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"9"},"spec":{"x":1},"status":{"phase":"Running"}}})",
      keep);
  REQUIRE(added);
  CHECK(added->type == "ADDED");
  CHECK(text_of(added->object, "/status/phase") == "Running");
  CHECK(!added->object.contains("/spec/x"));
  const auto gone =
      kube::event_of(R"({"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}})", keep);
  REQUIRE(gone);
  CHECK(text_of(gone->object, "/code") == "410");
  CHECK(!kube::event_of(R"({"type":"ADDED","object":{"metadata":{"name":"a")", keep));
  CHECK(!kube::event_of("", keep));
}

TEST_CASE("fields become the JSON that was written") {
  const auto json = [](const std::string& yaml) { return kube::json_of(core::flatten(yaml::parse(yaml, "x"))); };
  CHECK(json("a: 1\nb: 'true'\nc: true\nd: ~\ne: [x, {f: 1.5}]\ng: {}\nh: []") ==
        R"({"a":1,"b":"true","c":true,"d":null,"e":["x",{"f":1.5}],"g":{},"h":[]})");
  CHECK(json("data: {'0': a, '1': b}\nmetadata: {labels: {'0': x}}") ==
        R"({"data":{"0":"a","1":"b"},"metadata":{"labels":{"0":"x"}}})");
  CHECK(json("l: [0,1,2,3,4,5,6,7,8,9,10,11]") == R"({"l":[0,1,2,3,4,5,6,7,8,9,10,11]})");
  CHECK(json("m: {'1': a, '2': b}") == R"({"m":{"1":"a","2":"b"}})");
  CHECK(json("metadata: {labels: {a/b: c, d~e: f}}") == R"({"metadata":{"labels":{"a/b":"c","d~e":"f"}}})");
  CHECK(json("a: .5\nb: +3.0") == R"({"a":0.5,"b":3.0})");
}

TEST_CASE("what an aggregated discovery names") {
  kube::Catalog catalog;
  CHECK(kube::add_aggregated(R"({"kind":"APIGroupDiscoveryList","items":[
    {"metadata":{},"versions":[{"version":"v1","resources":[
      {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","verbs":["get"],
       "subresources":[{"subresource":"status","responseKind":{"kind":"Node"}}]},
      {"resource":"pods","responseKind":{"kind":"Pod"},"scope":"Namespaced","verbs":["get"]}]}]},
    {"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[
      {"resource":"daemonsets","responseKind":{"kind":"DaemonSet"},"scope":"Namespaced"},
      {"resource":"nothings","responseKind":null,"scope":"Namespaced"}]}]}]})",
                             catalog));
  CHECK(catalog.size() == 3);
  CHECK(catalog.find("v1", "Node")->object({"v1", "Node", "", "a b"}) == "/api/v1/nodes/a%20b");
  CHECK(catalog.find("v1", "Pod")->collection("") == "/api/v1/pods");
  CHECK(catalog.find("apps/v1", "DaemonSet")->object({"apps/v1", "DaemonSet", "x", "d"}) ==
        "/apis/apps/v1/namespaces/x/daemonsets/d");
  CHECK(catalog.unknown("apps/v1", "Daemonset") ==
        "the cluster knows no kind Daemonset of apps/v1 (did you mean DaemonSet?)");
  CHECK(catalog.unknown("apps/v1beta1", "DaemonSet") ==
        "the cluster knows no kind DaemonSet of apps/v1beta1, it has DaemonSet of apps/v1");
  CHECK(catalog.unknown("nvidia.com/v1", "ClusterPolicy") ==
        "the cluster knows no kind ClusterPolicy of nvidia.com/v1");
  CHECK(!kube::add_aggregated(R"({"kind":"APIGroupList","groups":[]})", catalog));
  CHECK(!kube::add_aggregated("404 page not found", catalog));
}

TEST_CASE("what an older server's discovery names") {
  CHECK(kube::group_versions(R"({"kind":"APIVersions","versions":["v1"]})") == std::vector<std::string>{"v1"});
  CHECK(kube::group_versions(
            R"({"groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1"},{"groupVersion":"apps/v2"}]}]})") ==
        std::vector<std::string>{"apps/v1", "apps/v2"});
  kube::Catalog catalog;
  kube::add_resources(
      R"({"groupVersion":"apps/v1","resources":[{"name":"daemonsets","kind":"DaemonSet","namespaced":true,"verbs":["get"]},
    {"name":"daemonsets/status","kind":"DaemonSet","namespaced":true}]})",
      catalog);
  CHECK(catalog.size() == 1);
  CHECK(catalog.find("apps/v1", "DaemonSet")->namespaced);
}
