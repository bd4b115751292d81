#include <doctest/doctest.h>

#include <vector>

#include "kube/status.hpp"

using namespace gpuctl;

namespace {

struct Case {
  int status;
  std::string body, why;
};

std::string status(int code, const std::string& reason, const std::string& message, const std::string& details = "{}") {
  return R"({"kind":"Status","code":)" + std::to_string(code) + R"(,"reason":")" + reason + R"(","message":")" +
         message + R"(","details":)" + details + "}";
}

const std::vector<Case> cases{
    {401, status(401, "Unauthorized", "Unauthorized"),
     "the API server does not accept our credentials (401 Unauthorized)"},
    {403,
     status(
         403, "Forbidden",
         R"(daemonsets.apps \"d\" is forbidden: User \"eve\" cannot patch resource \"daemonsets\" in API group \"apps\" in the namespace \"gpu\")"),
     R"(user "eve" may not patch daemonsets.apps in namespace "gpu")"},
    {403,
     status(
         403, "Forbidden",
         R"(nodes is forbidden: User \"eve\" cannot list resource \"nodes\" in API group \"\" at the cluster scope)"),
     R"(user "eve" may not list nodes of the cluster)"},
    {403,
     status(
         403, "Forbidden",
         R"(namespaces \"gpu\" is forbidden: User \"eve\" cannot get resource \"namespaces\" in API group \"\" in the namespace \"gpu\")"),
     R"(user "eve" may not get namespaces of the cluster)"},
    {403,
     status(
         403, "Forbidden",
         R"(pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": privileged (container \"c\" must not set securityContext.privileged=true))"),
     R"(PodSecurity "restricted:latest" of the namespace refuses it: privileged (container "c" must not set securityContext.privileged=true))"},
    {403, status(403, "Forbidden", "unable to create new content in namespace x because it is being terminated"),
     "unable to create new content in namespace x because it is being terminated"},
    {400, status(400, "BadRequest", R"(admission webhook \"deny.example.com\" denied the request: no GPUs on Fridays)"),
     "admission webhook deny.example.com refuses it: no GPUs on Fridays"},
    {500,
     status(
         500, "InternalError",
         R"(Internal error occurred: failed calling webhook \"w.example.com\": failed to call webhook: Post: connection refused)"),
     "admission webhook w.example.com could not be asked: Post: connection refused"},
    {404, status(404, "NotFound", R"(namespaces \"ml\" not found)", R"({"name":"ml","kind":"namespaces"})"),
     "namespace ml does not exist"},
    {409, status(409, "Conflict", "Apply failed with 2 conflicts", R"({"causes":[
       {"reason":"FieldManagerConflict","message":"conflict with \"kubectl-edit\" using apps/v1","field":".spec.replicas"},
       {"reason":"FieldManagerConflict","message":"conflict with \"helm\"","field":".metadata.labels.x"}]})"),
     R"(.spec.replicas belongs to field manager "kubectl-edit"; .metadata.labels.x belongs to field manager "helm")"},
    {422,
     status(
         422, "Invalid", "x is invalid",
         R"({"causes":[{"reason":"FieldValueInvalid","message":"Invalid value: \"a b\": no label","field":"metadata.labels"}]})"),
     R"(metadata.labels: Invalid value: "a b": no label)"},
    {429, status(429, "TooManyRequests", "try later"), "the API server answers 429 (too many requests): try later"},
    {500, status(500, "InternalError", "etcdserver: no leader"), "the API server answers 500: etcdserver: no leader"},
    {500,
     R"({"kind":"Status","code":500,"message":"failed to create typed patch object (a/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema"})",
     ".spec.replica: there is no such field"},
    {500,
     R"({"kind":"Status","code":500,"message":"failed to create typed patch object (a/web; apps/v1, Kind=Deployment): errors:\n  .spec.replica: field not declared in schema\n  .spec.paused: expected boolean, got &value.valueUnstructured{Value:\"no\"}"})",
     R"(.spec.replica: there is no such field; .spec.paused: expected boolean, got &value.valueUnstructured{Value:"no"})"},
    {502, "<html>\n<body>", "the API server answers with HTTP status 502: <html>"},
    {404, "404 page not found\n", "the API server answers with HTTP status 404: 404 page not found"},
    {503, "", "the API server answers with HTTP status 503"},
};

}  // namespace

TEST_CASE("the server's refusals, in one sentence") {
  for (const auto& [code, body, why] : cases) {
    INFO(body);
    CHECK(kube::refusal_of(http::Response{code, {}, body}).why == why);
  }
}
