#include "kube/managed_fields.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using gpuctl::kube::applied_instead;
using nlohmann::json;

namespace {

json entry(const char* manager, const char* operation, const char* fields, const char* subresource = "") {
  json out{{"manager", manager},
           {"operation", operation},
           {"apiVersion", "v1"},
           {"fieldsType", "FieldsV1"},
           {"fieldsV1", json::parse(fields)}};
  if (*subresource) out["subresource"] = subresource;
  return out;
}

std::string object(const json& entries) {
  return json{{"metadata", {{"resourceVersion", "7"}, {"managedFields", entries}}}}.dump();
}

}  // namespace

TEST_CASE("what a client wrote counts as applied, together with what was applied") {
  const auto patch = json::parse(applied_instead(
      object({entry("helm", "Update", R"({"f:data":{".":{},"f:a":{}}})"),
              entry("other", "Update", R"({"f:data":{"f:o":{}}})"), entry("helm", "Apply", R"({"f:data":{"f:b":{}}})"),
              entry("helm", "Update", R"({"f:status":{}})", "status")}),
      "helm"));
  const auto& entries = patch.at(0).at("value");
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].at("operation") == "Apply");
  CHECK(entries[0].at("fieldsV1") == json::parse(R"({"f:data":{".":{},"f:a":{},"f:b":{}}})"));
  CHECK(entries[1].at("manager") == "other");
  CHECK(entries[2].at("subresource") == "status");
  CHECK(patch.at(1).at("value") == "7");
}

TEST_CASE("nothing is rewritten where nothing was written by the manager's updates") {
  CHECK(applied_instead(object(json::array({entry("helm", "Apply", "{}"), entry("other", "Update", "{}")})), "helm")
            .empty());
  CHECK(applied_instead("no json", "helm").empty());
  CHECK(applied_instead("{}", "helm").empty());
}
