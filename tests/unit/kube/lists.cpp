#include <doctest/doctest.h>

#include "kube/question.hpp"

using namespace gpuctl;
using kube::ListQuestion;

namespace {

/// Nobody is asked: the answers are the test's.
kube::Access nowhere() {
  kube::Access access;
  access.server = "https://127.0.0.1:1";
  return access;
}

http::Response page(const std::string& names, const std::string& next) {
  std::string items;
  for (const char name : names)
    items += std::string(items.empty() ? "" : ",") + R"({"metadata":{"uid":"u","name":")" + name + R"("}})";
  return {200, {}, R"({"metadata":{"resourceVersion":"7","continue":")" + next + R"("},"items":[)" + items + "]}"};
}

struct Lists {
  kube::Api api{nowhere(), {}};
  ListQuestion list{api, {"/api/v1/nodes", "a=b", "metadata.name=x", {}}};
};

}  // namespace

TEST_CASE_FIXTURE(Lists, "page after page") {
  const std::string first = "/api/v1/nodes?labelSelector=a%3Db&fieldSelector=metadata.name%3Dx&limit=500&";
  CHECK(list.request().path == first);
  CHECK(!list.take(page("ab", "token/=")));
  CHECK(list.request().path == first + "continue=token%2F%3D");
  CHECK(list.take(page("c", "")));
  CHECK(list.listing().items.size() == 3);
  CHECK(list.listing().resource_version == "7");
}

TEST_CASE_FIXTURE(Lists, "a 410 between two pages: once more from the start, in one page") {
  CHECK(!list.take(page("ab", "token")));
  CHECK(!list.take({410, {}, R"({"kind":"Status","code":410,"reason":"Expired"})"}));
  CHECK(list.request().path == "/api/v1/nodes?labelSelector=a%3Db&fieldSelector=metadata.name%3Dx&");
  CHECK(list.take(page("c", "")));
  CHECK(list.listing().items.size() == 1);
}

TEST_CASE_FIXTURE(Lists, "what cannot be listed says why") {
  SUBCASE("a 410 again") {
    CHECK(!list.take({410, {}, ""}));
    CHECK(list.take({410, {}, ""}));
    CHECK(list.listing().failed == "the API server answers with HTTP status 410");
  }
  SUBCASE("cut off") {
    CHECK(list.take({200, {}, R"({"metadata":{},"items":[{"meta)"}));
    CHECK(list.listing().failed == "the API server's answer is no JSON object, or a part of one");
  }
  SUBCASE("too large") {
    CHECK(list.take({0, {}, "the file is larger than 7 bytes"}));
    CHECK(list.listing().failed == "the file is larger than 7 bytes");
  }
}
