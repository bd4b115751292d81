#include "http/request.hpp"

#include <doctest/doctest.h>

#include "http/connect.hpp"

using namespace gpuctl::http;

TEST_CASE("Retry-After, in seconds") {
  const auto after = [](const std::string& text) { return retry_after({429, {{"retry-after", text}}, ""}).count(); };
  CHECK(after("3") == 3000);
  CHECK(after("0") == 0);
  CHECK(after("soon") == 1000);
  CHECK(after("Fri, 31 Dec 1999 23:59:59 GMT") == 1000);
  CHECK(after("-1") == 1000);
  CHECK(after("999999") == 3'600'000);
  CHECK(retry_after({429, {}, ""}).count() == 1000);
}

TEST_CASE("a certificate's name stands in the URL, the server's in the Host header") {
  Server server;
  server.url = "https://10.0.0.1:6443/";
  CHECK(url_of(server, "/version") == "https://10.0.0.1:6443/version");
  CHECK(host_header(server).empty());
  server.name = "kubernetes.default";
  CHECK(url_of(server, "/version") == "https://kubernetes.default:6443/version");
  CHECK(host_header(server) == "10.0.0.1:6443");
  server.url = "https://[fd00::1]/k8s/clusters/c-1";
  CHECK(url_of(server, "/version?x=1") == "https://kubernetes.default/k8s/clusters/c-1/version?x=1");
  CHECK(host_header(server) == "[fd00::1]:443");
}
