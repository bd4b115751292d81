#include "kube/sealed.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace gpuctl;
using core::Record;

namespace {

const core::KubeRef secret{"v1", "Secret", "ns", "s"};

}  // namespace

TEST_CASE("an answer about a Secret has words in place of its values") {
  core::Seal seal;
  const Record live{{"/data/key", "b3Blbg=="}, {"/metadata/name", "s"}, {"managers", "x"}};
  const auto about = [&](const core::Probe& probe) { return std::get<Record>(kube::sealed(probe, live, seal)); };
  for (const auto& seen : {about(core::KubeObject{secret}), about(core::KubeDryRun{secret, {}, "gpuctl"})}) {
    CHECK(core::text_of(seen, "/data/key") == seal.word("b3Blbg=="));
    CHECK(core::text_of(seen, "/metadata/name") == "s");
  }
  CHECK(core::text_of(about(core::KubeObject{{"v1", "ConfigMap", "ns", "s"}}), "/data/key") == "b3Blbg==");
  const auto list = kube::sealed(core::KubeList{"v1", "Secret", "ns", "", "", {"/data"}},
                                 Record{{"ns/s", "uid"}, {"ns/s#/data/key", "b3Blbg=="}}, seal);
  CHECK(core::text_of(std::get<Record>(list), "ns/s#/data/key") == seal.word("b3Blbg=="));
  CHECK(core::text_of(std::get<Record>(list), "ns/s") == "uid");
}

TEST_CASE("what is sent has the values again, and a word that nobody knows is refused") {
  core::Seal seal;
  const core::Fields planned{{"/data/key", {seal.keep("b3Blbg==")}}, {"/data/plain", {"YQ=="}}, {"/kind", {"Secret"}}};
  const auto sent = kube::opened(secret, planned, seal);
  CHECK(sent.at("/data/key").text == "b3Blbg==");
  CHECK(sent.at("/data/plain").text == "YQ==");
  try {
    kube::opened(secret, planned, core::Seal(seal.salt()));
    FAIL("no error");
  } catch (const core::Error& error) {
    CHECK(error.kind() == core::ErrorKind::refused);
    CHECK(error.message() == "Secret ns/s: the value of /data/key is not the one that was planned");
  }
}
