#include "chart/release/book.hpp"

#include <doctest/doctest.h>

#include "chart/json_out.hpp"
#include "chart/release/codec.hpp"
#include "chart/release/sealed.hpp"

using namespace gpuctl;
using namespace gpuctl::chart;

namespace {

constexpr std::int64_t noon_us = 1'767'268'800'000'000;  // 2026-01-01T12:00:00Z

std::string content(int version, const std::string& manifest) {
  release::Release out;
  out.name = "web";
  out.name_space = "shop";
  out.version = version;
  out.manifest = manifest;
  out.apply_method = "ssa";
  release::Hook hook;
  hook.name = "before";
  hook.events = {"pre-install"};
  out.hooks = {hook};
  return to_json(release::json_value(out));
}

core::SecretObject made(int version, const std::string& status, const std::string& manifest = {}) {
  return release::Book().revision(content(version, manifest), {status, "", noon_us, {}});
}

std::string field(const core::Record& record, const char* key) {
  return core::text_of(record, key);
}

}  // namespace

TEST_CASE("a new revision is stored as Helm stores it") {
  const auto secret = made(1, "pending-install");
  CHECK(secret.name == "sh.helm.release.v1.web.v1");
  CHECK(secret.labels.at("status") == "pending-install");
  CHECK(secret.labels.contains("createdAt"));
  const auto release = release::decode(secret);
  CHECK(release.info.first_deployed == "2026-01-01T12:00:00Z");
  CHECK(release.info.last_deployed == "2026-01-01T12:00:00Z");
}

TEST_CASE("news of a revision change how it stands, and how its hooks went") {
  auto secret = made(1, "pending-install");
  secret.annotations["gpuctl/rendered-from"] = "digest";
  const auto noted = release::Book().noted(
      secret,
      {"deployed", "Install complete", noon_us, {{0, noon_us, noon_us + 2'000'000, "Succeeded"}, {7, 1, 1, "Failed"}}});
  CHECK(noted.annotations == secret.annotations);
  const auto release = release::decode(noted);
  CHECK(release.info.status == "deployed");
  CHECK(release.info.description == "Install complete");
  CHECK(release.hooks.at(0).last_run.phase == "Succeeded");
  CHECK(release.hooks.at(0).last_run.completed == "2026-01-01T12:00:02Z");
}

TEST_CASE("a revision that comes back is a new one") {
  const auto copy =
      release::Book().copied(made(1, "superseded"), 3, {"pending-rollback", "Rollback to 1", noon_us, {}});
  CHECK(copy.name == "sh.helm.release.v1.web.v3");
  CHECK(release::decode(copy).version == 3);
}

TEST_CASE("the record of a release tells its last revision, and whose objects the cluster has") {
  core::Seal seal("salt");
  const std::string old = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: old}\n";
  const auto record = release::Book().read({made(2, "failed", "---\nkind: New\n"), made(1, "deployed", old)}, seal);
  CHECK(field(record, "web") == "2");
  CHECK(field(record, "web#status") == "failed");
  CHECK(field(record, "web#from") == "1");
  CHECK(field(record, "web#from_manifest") == old);
  CHECK(field(record, "web#method") == "ssa");
  SUBCASE("one that is deployed has its own") {
    CHECK(!release::Book().read({made(1, "superseded"), made(2, "deployed")}, seal).contains("web#from"));
  }
  SUBCASE("one that cannot be read says so") {
    auto rotten = made(3, "deployed");
    rotten.data["release"] = "!";
    CHECK(field(release::Book().read({rotten}, seal), "web#trouble").find("not base64") != std::string::npos);
  }
}

TEST_CASE("values of Secrets are words in a manifest") {
  core::Seal seal("salt");
  const auto sealed = release::sealed_manifest(
      "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: YQ==}\nstringData: {b: b}\n"
      "---\nkind: ConfigMap\ndata: {a: Secret}\n---\na: [\n",
      seal);
  CHECK(sealed.find("YQ==") == std::string::npos);
  CHECK(sealed.find("stringData") == std::string::npos);
  CHECK(sealed.find("a: " + seal.word("YQ==")) != std::string::npos);
  CHECK(sealed.find("b: " + seal.word("Yg==")) != std::string::npos);
  CHECK(seal.value(seal.word("YQ==")) == "YQ==");
  CHECK(sealed.find("data: {a: Secret}") != std::string::npos);
}

TEST_CASE("values that are none and no values are the same") {
  CHECK(release::config_text(Value()) == "{}");
  CHECK(release::config_text(Value(Map{})) == "{}");
}
