#include <doctest/doctest.h>

#include "steps/step.hpp"
#include "support/error_text.hpp"
#include "support/keys.hpp"
#include "yaml/parse.hpp"

using namespace gpuctl;

namespace {

/// One key, and one folder of manifests.
struct KeyAndFolder : core::Source {
  std::string read(const std::string&) override { return test::key_one; }
  std::vector<std::string> list(const std::string& path) override { return {path}; }
  std::vector<core::Node> documents(const std::string& path) override { return yaml::parse_all(manifests, path); }
  std::string sealed(const std::string& value) override { return value; }
  std::string manifests;
};

/// The error of a step written so, or its title.
std::string outcome(const std::string& kind, const std::string& yaml, const std::string& manifests = {}) {
  const auto node = yaml::parse(yaml, "p.yaml");
  core::Host host;
  host.name = "n1";
  KeyAndFolder source;
  source.manifests = manifests;
  try {
    core::Params params(node, kind, host, source);
    return steps::Step::make(kind, params).title();
  } catch (const core::Error& error) {
    return test::error_text(error);
  }
}

bool tells(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  MESSAGE(text);
  return false;
}

const std::string one = "E82C110C52EDD6C4A2F93130C95AB57BFFECB8D6";

std::string repository(const std::string& key, const std::string& rest) {
  return "{name: n, key: " + key + ", uri: http://u/x, " + rest + "}";
}

}  // namespace

TEST_CASE("an unknown kind names the nearest, or all") {
  CHECK(tells(outcome("apt_package", "{}"), "apt_packages"));
  CHECK(tells(outcome("grafana_board", "{}"), "container_runtime"));
}

TEST_CASE("apt_repository: the key must be the pinned one, wholly named") {
  const std::string good = "{file: k, fingerprint: " + one + "}";
  CHECK(outcome("apt_repository", repository(good, "suite: /")) == "n");
  CHECK(tells(outcome("apt_repository", repository("{file: k, fingerprint: F796ECB0}", "suite: /")), "40 hex digits"));
  const std::string other = "{file: k, fingerprint: 0000" + one.substr(4) + "}";
  CHECK(tells(outcome("apt_repository", repository(other, "suite: /")), "found " + one));
  CHECK(tells(outcome("apt_repository", repository("{fingerprint: " + one + "}", "suite: /")), "exactly one of"));
  CHECK(tells(outcome("apt_repository", repository("{url: a, file: k, fingerprint: " + one + "}", "suite: /")),
              "exactly one of"));
  CHECK(
      tells(outcome("apt_repository", repository("{inline: hello, fingerprint: " + one + "}", "suite: /")), "OpenPGP"));
}

TEST_CASE("apt_repository: nothing can be smuggled into the list") {
  const std::string good = "{file: k, fingerprint: " + one + "}";
  CHECK(tells(outcome("apt_repository", repository(good, "suite: \"/ evil\"")), "cannot stand in a source list"));
  CHECK(tells(outcome("apt_repository", repository(good, "suite: \"/\\ndeb http://evil /\"")), "cannot stand"));
  CHECK(tells(outcome("apt_repository", repository(good, "suite: jammy")), "components"));
  CHECK(tells(outcome("apt_repository", repository(good, "suite: /, components: [main]")), "components"));
  CHECK(tells(outcome("apt_repository", repository(good, "suite: /, keyring: keys.gpg")), "absolute path"));
  CHECK(
      tells(outcome("apt_repository", repository(good, "suite: /, list: /etc/apt/sources.list.d/x.sources")), ".list"));
  CHECK(tells(outcome("apt_repository", "{name: ../x}"), "file name"));
}

TEST_CASE("apt_packages: names, versions, siblings") {
  CHECK(outcome("apt_packages", "{install: {jq: any, curl: any}, hold: false}") == "jq and 1 more");
  CHECK(tells(outcome("apt_packages", "{install: {}}"), "expected packages"));
  CHECK(tells(outcome("apt_packages", "{install: {-jq: 1}}"), "not the name"));
  CHECK(tells(outcome("apt_packages", "{install: {jq: newest}}"), "not a version"));
  CHECK(
      tells(outcome("apt_packages", "{install: {nvidia-container-toolkit: 1.18.1-1, libnvidia-container1: 1.17.8-1}}"),
            "cannot go together"));
}

TEST_CASE("service, driver, container_runtime, check") {
  CHECK(outcome("service", "{unit: k3s-agent}") == "k3s-agent");
  CHECK(tells(outcome("service", "{unit: -H evil}"), "systemd unit"));
  CHECK(tells(outcome("service", "{unit: x, restart: always}"), "when_needed"));
  CHECK(tells(outcome("driver", "{version: newest}"), "driver version"));
  CHECK(tells(outcome("driver", "{version: 535.1, at_least: 535.1}"), "not both"));
  CHECK(outcome("driver", "{at_least: 535.54.3, persistence: true}") == "at least 535.54.3, persistence on");
  CHECK(tells(outcome("container_runtime", "{runtime: docker}"), "crio"));
  CHECK(tells(outcome("container_runtime", "{drop_in: conf.d/x.toml}"), "absolute path"));
  CHECK(tells(outcome("container_runtime", "{runtime: crio, drop_in: /etc/containerd/conf.d/x.toml}"),
              "/etc/crio/crio.conf.d"));
  CHECK(tells(outcome("container_runtime", "{runtime: crio, platform: rke2}"), "expected none with `runtime: crio`"));
  CHECK(tells(outcome("container_runtime", "{handler: \"a b\"}"), "handler's name"));
  CHECK(tells(outcome("check", "{}"), "either command"));
  CHECK(tells(outcome("check", "{command: []}"), "program"));
  CHECK(tells(outcome("check", "{command: [a], shell: b}"), "either command"));
  CHECK(tells(outcome("check", "{command: [a], timeout: 1h}"), "1s to 5m"));
  CHECK(tells(outcome("check", "{command: [a], expect_exit: 300}"), "0 to 255"));
  CHECK(tells(outcome("check", "{command: [a], expct_text: b}"), "expect_text"));
}
