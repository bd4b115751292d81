#include <doctest/doctest.h>

#include <algorithm>

#include "chart/json_in.hpp"
#include "chart/json_out.hpp"
#include "chart/release/codec.hpp"
#include "chart/release/json.hpp"
#include "chart/release/select.hpp"
#include "core/error.hpp"
#include "util/base64.hpp"
#include "util/gzip.hpp"

using namespace gpuctl;
using namespace gpuctl::chart;

namespace {

// As Helm 4 stores it, but for the order of the fields.
constexpr const char* stored = R"json({
  "name": "web", "namespace": "shop", "version": 3, "apply_method": "ssa", "manifest": "---\nkind: Pod\n",
  "info": {"first_deployed": "2026-01-02T03:04:05.123456789+01:00", "last_deployed": "2026-03-04T05:06:07Z",
           "deleted": "", "description": "Upgrade complete", "status": "deployed", "notes": "Hello"},
  "chart": {"metadata": {"name": "site", "version": "1.2.3", "appVersion": "v9", "apiVersion": "v2"}, "lock": null,
            "templates": [{"name": "templates/a.yaml", "data": "YTogMQ==", "modtime": "2026-01-01T00:00:00Z"}],
            "values": {"replicas": 1000000, "nothing": null}, "schema": "e30=",
            "schemamodtime": "0001-01-01T00:00:00Z", "files": []},
  "config": {"a": {"b": [1.5, true, "<x>"]}},
  "hooks": [{"name": "t", "kind": "Pod", "path": "site/templates/t.yaml", "manifest": "kind: Pod",
             "events": ["test"], "weight": -5, "delete_policies": ["hook-succeeded"],
             "last_run": {"started_at": "2026-03-04T05:06:08Z", "completed_at": "", "phase": "Running"}}]
})json";

core::SecretObject secret(std::string release) {
  core::SecretObject out;
  out.space = "shop";
  out.name = "sh.helm.release.v1.web.v3";
  out.labels = {{"owner", "helm"}, {"name", "web"}, {"status", "deployed"}, {"version", "3"}, {"team", "blue"}};
  out.data["release"] = std::move(release);
  return out;
}

core::SecretObject packed(std::string_view json) {
  return secret(util::base64_encode(util::gzip(json)));
}

std::string refusal(const core::SecretObject& given) {
  try {
    release::decode(given);
    return "";
  } catch (const core::Error& error) {
    CHECK(error.message().starts_with("Secret sh.helm.release.v1.web.v3 in namespace shop holds no release"));
    CHECK(error.hint() == "expected in its data.release: base64 of gzip of JSON, as Helm stores it");
    return error.message().substr(error.message().find(": ") + 2);
  }
}

release::Release revision(std::string name, std::int64_t version, std::string status, std::string deployed = "") {
  release::Release out;
  out.name = std::move(name);
  out.name_space = "shop";
  out.version = version;
  out.info.status = std::move(status);
  out.info.last_deployed = std::move(deployed);
  return out;
}

std::string names(const std::vector<release::Release>& releases) {
  std::string out;
  for (const auto& one : releases) out += one.name + std::to_string(one.version) + " ";
  return out;
}

}  // namespace

TEST_CASE("a stored release is read") {
  const auto read = release::decode(packed(stored));
  CHECK(read.name == "web");
  CHECK(read.name_space == "shop");
  CHECK(read.version == 3);
  CHECK(read.info.first_deployed == "2026-01-02T03:04:05.123456789+01:00");
  CHECK(read.info.deleted.empty());
  CHECK(read.info.status == "deployed");
  REQUIRE(read.chart);
  CHECK(release::chart_label(read) == "site-1.2.3");
  CHECK(release::app_version(read) == "v9");
  REQUIRE(read.chart->templates.size() == 1);
  CHECK(read.chart->templates[0].file.data == "a: 1");
  CHECK(read.chart->schema == "{}");
  CHECK(read.chart->schema_modified.empty());
  REQUIRE(read.hooks.size() == 1);
  CHECK(read.hooks[0].weight == -5);
  CHECK(read.hooks[0].last_run.phase == "Running");
  CHECK(read.labels == std::map<std::string, std::string>{{"team", "blue"}});
}

TEST_CASE("what is written reads as the same") {
  const auto first = release::decode(packed(stored));
  const auto written = release::encode(first, 1700000000, release::Write::replace);
  CHECK(written.name == "sh.helm.release.v1.web.v3");
  CHECK(written.type == "helm.sh/release.v1");
  CHECK(written.space == "shop");
  CHECK(written.labels == std::map<std::string, std::string>{{"modifiedAt", "1700000000"},
                                                             {"name", "web"},
                                                             {"owner", "helm"},
                                                             {"status", "deployed"},
                                                             {"team", "blue"},
                                                             {"version", "3"}});
  CHECK(to_json(release::json_value(release::decode(written))) == to_json(release::json_value(first)));
  const auto& json = util::gunzip(*util::base64_decode(written.data.at("release")), 1U << 20U);
  CHECK(json.find(R"("replicas":1000000)") != std::string::npos);
  CHECK(json.find(R"("last_run":{"phase":"Running","started_at":"2026-03-04T05:06:08Z"})") != std::string::npos);
  CHECK(json.find("\"deleted\"") == std::string::npos);
  CHECK(release::encode(first, 5, release::Write::create).labels.at("createdAt") == "5");
}

TEST_CASE("a release from before Helm packed them") {
  CHECK(release::decode(secret(util::base64_encode(stored))).name == "web");
}

TEST_CASE("a Secret that holds no release") {
  CHECK(refusal(secret("%%%")) == "data.release is not base64");
  auto without = secret("");
  without.data.clear();
  CHECK(refusal(without) == "it has no data.release");
  CHECK(refusal(secret("")) == "it is neither gzip nor JSON of a release: unexpected end of JSON input");
  CHECK(refusal(packed("{")) == "its JSON cannot be read: unexpected end of JSON input");
  CHECK(refusal(packed("null")) == "its JSON cannot be read: it is null");
  CHECK(refusal(packed("[]")) == "its JSON cannot be read: it is not an object");
  CHECK(refusal(packed(R"({"version": 1.5})")) == "its JSON cannot be read: version is not a whole number");
  CHECK(refusal(packed(R"({"info": {"deleted": "today"}})")) ==
        "its JSON cannot be read: info.deleted is not a time such as 2006-01-02T15:04:05Z");
  CHECK(refusal(packed(R"({"chart": {"templates": [{"data": "="}]}})")) ==
        "its JSON cannot be read: chart.templates[0].data is not base64");
}

TEST_CASE("gzip that is damaged, cut off, or a bomb") {
  auto bytes = util::gzip(stored);
  auto wrong_sum = bytes;
  wrong_sum[wrong_sum.size() - 6] ^= 1;  // its checksum
  CHECK(refusal(secret(util::base64_encode(wrong_sum))).find("incorrect data check") != std::string::npos);
  auto wrong_length = bytes;
  wrong_length[wrong_length.size() - 2] ^= 1;
  CHECK(refusal(secret(util::base64_encode(wrong_length))).find("incorrect length check") != std::string::npos);
  CHECK(refusal(secret(util::base64_encode(bytes.substr(0, bytes.size() / 2)))) ==
        "its gzip cannot be unpacked, it is cut off");
  CHECK(refusal(packed(std::string(release::most_unpacked + 1, ' '))) ==
        "its gzip cannot be unpacked, it unpacks to more than 32 MiB");
  // Several members are one text, as gzip has it.
  const std::string text = stored;
  CHECK(release::decode(secret(util::base64_encode(util::gzip(text.substr(0, 50)) + util::gzip(text.substr(50)))))
            .version == 3);
}

TEST_CASE("which releases are listed") {
  const std::vector<release::Release> all{
      revision("b", 1, "superseded", "2026-01-01T00:00:00Z"), revision("b", 2, "deployed", "2026-01-03T00:00:00Z"),
      revision("a", 1, "failed", "2026-01-04T00:00:00Z"),
      revision("c", 1, "pending-install", "2026-01-02T00:00:00+09:00"), revision("d", 1, "unknown")};
  CHECK(names(release::selected(all, {})) == "a1 b2 c1 ");
  CHECK(names(release::selected(all, {"", {"superseded"}})) == "b1 ");
  CHECK(names(release::selected(all, {"", {"superseded", "failed"}})) == "a1 ");
  CHECK(names(release::selected(all, {"[bc]$"})) == "b2 c1 ");
  CHECK(names(release::selected(all, {"", {}, true})) == "c1 b2 a1 ");
  CHECK(names(release::selected(all, {"", {}, true, true})) == "a1 b2 c1 ");
  CHECK(names(release::selected(all, {"", {}, false, true, 1, 1})) == "b2 ");
  CHECK(names(release::selected(all, {"", {}, false, false, 9})) == "");
  CHECK(names(release::selected(all, {"", {}, false, false, 0, 0, "name in (a,c)"})) == "a1 c1 ");
  CHECK(names(release::selected(all, {"", {}, false, false, 0, 0, "version=1,owner=helm"})) == "a1 c1 ");
  CHECK(names(release::selected(all, {"", {}, false, false, 0, 0, "team"})) == "");
  CHECK_THROWS_AS(release::selected(all, {"("}), core::Error);
  CHECK_THROWS_AS(release::selected(all, {"", {}, false, false, 0, 0, "a in"}), core::Error);
  CHECK(names(release::last_revisions({all[1], all[0]}, 256)) == "b1 b2 ");
  CHECK(names(release::last_revisions({all[1], all[0]}, 1)) == "b2 ");
}
