#include <doctest/doctest.h>

#include <algorithm>

#include "chart/package/archive.hpp"
#include "chart/package/pack.hpp"
#include "chart/source/address.hpp"
#include "chart/source/choose.hpp"
#include "chart/source/index.hpp"
#include "chart/source/lock.hpp"
#include "chart/source/reference.hpp"
#include "chart/source/repositories.hpp"
#include "core/error.hpp"
#include "util/stable_sort.hpp"

using namespace gpuctl;
using namespace gpuctl::chart;

namespace {

template <class Work>
std::string refusal(const Work& work) {
  try {
    work();
    return "";
  } catch (const core::Error& error) {
    return error.message();
  }
}

std::string placed(const std::string& chart, const std::string& repository = {}) {
  const auto place = place_of({chart, repository, ""});
  if (const auto* at = std::get_if<InRepository>(&place))
    return "repository " + (at->name.empty() ? at->url : "@" + at->name) + " " + at->chart;
  if (const auto* at = std::get_if<AtAddress>(&place)) return "address " + at->address.text();
  const auto& at = std::get<InRegistry>(place);
  return "registry " + at.host + " " + at.name + " " + at.tag + " " + at.digest;
}

struct Read {
  std::vector<std::string> warnings;
  IndexedChart chart;
};

Read read(const std::string& text, const std::string& chart = "a") {
  Read out;
  out.chart =
      read_index(text, chart, "https://x/index.yaml", [&](const std::string& what) { out.warnings.push_back(what); });
  return out;
}

std::string versions(const IndexedChart& chart) {
  std::string out;
  for (const auto& entry : chart.versions) out += entry.version + " ";
  return out;
}

std::string wrong_index(const std::string& text) {
  return refusal([&] { read(text); });
}

}  // namespace

TEST_CASE("addresses") {
  const auto address = Address::parse("HTTPS://me:p%40ss@Charts.Example:443/a%2Bb/x.tgz?q=1#f");
  CHECK(address.text() == "https://charts.example/a%2Bb/x.tgz?q=1");
  CHECK(address.user == "me");
  CHECK(address.password.reveal() == "p@ss");
  CHECK(address.target() == "/a%2Bb/x.tgz?q=1");
  CHECK(Address::parse("http://h:8080").target() == "/");
  CHECK(Address::parse("http://h:8080").origin() == "http://h:8080");
  CHECK(refusal([] { Address::parse("ftp://h/x"); }).find("ftp: is not fetched") != std::string::npos);
  CHECK(refusal([] { Address::parse("https:///x"); }).find("names no host") != std::string::npos);
  CHECK(Address::parse("https://[::1]:8443/x").origin() == "https://[::1]:8443");
  for (const char* host : {":1", "h:1:2", "h:x", "h:123456", "[::1", "a|b"})
    CHECK(refusal([&] { Address::parse("https://" + std::string(host) + "/x"); }).find("not one") != std::string::npos);
  CHECK(refusal([] { Address::parse("https://h/a b"); }).find("blank") != std::string::npos);
  CHECK(refusal([] { Address::parse("ssh://me:secret@h/x"); }).find("secret") == std::string::npos);
}

TEST_CASE("what an index and a redirect refer to") {
  const auto repository = Address::parse("https://h/charts?token=1");
  CHECK(resolved(repository, "a-1.tgz").text() == "https://h/charts/a-1.tgz?token=1");
  CHECK(resolved(repository, "../x/./a%2B1.tgz?other").text() == "https://h/x/a%2B1.tgz?token=1");
  CHECK(resolved(repository, "/a.tgz").text() == "https://h/a.tgz?token=1");
  CHECK(resolved(repository, "../../../a.tgz").text() == "https://h/a.tgz?token=1");
  CHECK(resolved(repository, "//other/a.tgz").text() == "https://other/a.tgz");
  CHECK(resolved(repository, "http://other/a.tgz?x").text() == "http://other/a.tgz?x");
  CHECK(resolved(Address::parse("https://h"), "a.tgz").text() == "https://h/a.tgz");
  CHECK(redirected(repository, "a").text() == "https://h/a");
  CHECK(redirected(Address::parse("https://h/x/y?z"), "?q#f").text() == "https://h/x/y?q");
  CHECK(redirected(Address::parse("https://h/x/y"), "z?q").text() == "https://h/x/z?q");
  CHECK(same_repository("https://h/a/", "https://H:443/a"));
  CHECK(same_repository("https://h", "https://h/"));
  CHECK_FALSE(same_repository("https://h/a", "https://h/b"));
}

TEST_CASE("what people call a chart") {
  CHECK(placed("nvidia/gpu-operator") == "repository @nvidia gpu-operator");
  CHECK(placed("a", "https://h/x") == "repository https://h/x a");
  CHECK(placed("a", "@nvidia") == "repository @nvidia a");
  CHECK(placed("a", "alias:nvidia") == "repository @nvidia a");
  CHECK(placed("https://h/a-1.tgz") == "address https://h/a-1.tgz");
  CHECK(placed("oci://h:5000/x/a") == "registry h:5000 x/a  ");
  CHECK(placed("oci://h:5000/x/a:1.2.0") == "registry h:5000 x/a 1.2.0 ");
  CHECK(placed("a", "oci://h/x/") == "registry h x/a  ");
  const std::string digest = "sha256:" + std::string(64, 'a');
  CHECK(placed("oci://h/a:1@" + digest) == "registry h a 1 " + digest);
  CHECK(refusal([] { placed("a"); }) == "there is no file or folder a, and it names no repository");
  CHECK(refusal([] { placed("a", "nvidia"); }) == "repository \"nvidia\" is no address");
  CHECK(refusal([] { placed("oci://h/Name"); }).find("not a name") != std::string::npos);
  CHECK(refusal([] { placed("oci://h/a@sha256:1"); }).find("not a digest") != std::string::npos);
  CHECK(refusal([] { placed("oci://h/:1"); }).find("not a name") != std::string::npos);
  CHECK(refusal([] { placed("oci://h"); }).find("names no chart") != std::string::npos);
  CHECK(refusal([] { placed("oci://h/../x"); }).find("not a name") != std::string::npos);
  CHECK(refusal([] { placed("https://u:secret@h/a.tgz", "https://h"); }).find("secret") == std::string::npos);
}

TEST_CASE("the exact version first, else the newest in the range") {
  std::vector<std::string> versions{"1.0.0+a", "v1.2.0", "odd", "2.0.0-rc.1", "1.10.0", "1.9.0"};
  util::stable_sort(versions, is_newer);
  CHECK(versions == std::vector<std::string>{"2.0.0-rc.1", "1.10.0", "1.9.0", "v1.2.0", "1.0.0+a", "odd"});
  const auto pick = [&](const std::string& wanted) {
    const auto at = chosen(versions, wanted);
    return at ? versions[*at] : "none";
  };
  CHECK(pick("") == "1.10.0");
  CHECK(pick("v1.2.0") == "v1.2.0");
  CHECK(pick("1.2.0") == "v1.2.0");
  CHECK(pick("~1.9") == "1.9.0");
  CHECK(pick(">0.0.0-0") == "2.0.0-rc.1");
  CHECK(pick("3.x") == "none");
  CHECK(refusal([&] { pick("one"); }) == "version \"one\": improper constraint: one");
  CHECK(version_of_tag("1.2.0_b7") == "1.2.0+b7");
  CHECK(version_of_tag("latest") == std::nullopt);
  CHECK(version_of_tag("v1.2.0") == std::nullopt);
  CHECK(tag_of_version("1.2.0+b7") == "1.2.0_b7");
}

TEST_CASE("an index is read for one chart") {
  const auto got = read(
      "apiVersion: v1\nentries:\n  b:\n  - {name: b, version: 9.0.0}\n  a:\n"
      "  - {name: a, version: 1.0.0, urls: [a-1.tgz], digest: 'sha256:aa'}\n  - {name: a, version: 1.10.0, urls: [x, "
      "z]}\n"
      "  - null\n  - {name: a, version: one}\n  - {version: 3.0.0}\n"
      "  - {name: a, version: 2.0.0, dependencies: [{name: d}, {name: d}]}\ngenerated: 2024-01-01T00:00:00Z\n");
  CHECK(versions(got.chart) == "2.0.0 1.10.0 1.0.0 ");
  CHECK(got.chart.versions[2].digest == "aa");
  CHECK(got.chart.versions[1].urls == std::vector<std::string>{"x", "z"});
  CHECK(got.warnings ==
        std::vector<std::string>{
            "skipping loading invalid entry for chart \"a\" from https://x/index.yaml: empty entry",
            "skipping loading invalid entry for chart \"a\" \"one\" from https://x/index.yaml: validation: "
            "chart.metadata.version \"one\" is invalid",
            "skipping loading invalid entry for chart \"a\" \"3.0.0\" from https://x/index.yaml: validation: "
            "chart.metadata.name is required"});
  CHECK(versions(read("{\"apiVersion\":\"v1\",\"entries\":{\"a\":[{\"name\":\"a\",\"version\":\"1\"}]}}").chart) ==
        "1 ");
  CHECK(read("apiVersion: v1\nentries:\n  gpu-operator: []\n", "gpu-oprator").chart.nearest == "gpu-operator");
  CHECK(read("apiVersion: v1\nentries: {a: []}\n").chart.known);
  CHECK_FALSE(read("apiVersion: v1\nentries:\n").chart.known);
}

TEST_CASE("what is no index is told of as what it is") {
  const std::string front = "https://x/index.yaml is no index of a chart repository: ";
  CHECK(wrong_index("") == front + "it is empty");
  CHECK(wrong_index("\n <!doctype html><html>") == front + "it is a page for a browser (HTML or XML)");
  CHECK(wrong_index("- a\n").starts_with(front + "it holds no mapping"));
  CHECK(wrong_index("entries: {}\n") == front + "no API version specified");
  CHECK(wrong_index("apiVersion: v1\nentries: [a]\n") == front + "line 2: entries is no mapping of charts");
  CHECK(wrong_index("apiVersion: v1\nentries:\n  a: x\n") ==
        front + "line 3: what is said of a is no list of versions");
  CHECK(wrong_index("apiVersion: v1\nentries:\n\ta: x\n").starts_with(front + "yaml: line 3: "));
  CHECK(wrong_index("apiVersion: v1\nentries: {a: [{name: [], version: 1}]}").find("cannot unmarshal") !=
        std::string::npos);
  CHECK(wrong_index("apiVersion: v1\nentries: {a: [*b]}").find("unknown anchor 'b'") != std::string::npos);
  CHECK(wrong_index("apiVersion: v1\nx: " + std::string(100'000, '[')) == front + "line 2: it goes too deep");
  CHECK(wrong_index(std::string(most_index_bytes + 1, ' ')).find("67108865 bytes") != std::string::npos);
  std::string list = "apiVersion: v1\nentries: {a: [{name: a, version: 1, keywords: [";
  for (int i = 0; i < 30'000; ++i) list += "a,";
  CHECK(wrong_index(list + "a]}]}") == front + "line 2: a version's entry without end");
}

TEST_CASE("the repositories that Helm knows") {
  const auto entries = read_repositories(
      "apiVersion: ''\ngenerated: 0001-01-01T00:00:00Z\nrepositories:\n- name: nvidia\n  url: https://h/nvidia\n"
      "  username: me\n  password: word\n  caFile: /ca\n  certFile: /c\n  keyFile: /k\n"
      "  insecure_skip_tls_verify: true\n  pass_credentials_all: true\n- null\n");
  REQUIRE(entries.size() == 1);
  const auto& entry = entries.front();
  CHECK(entry.name == "nvidia");
  CHECK(entry.url == "https://h/nvidia");
  CHECK(entry.access.username == "me");
  CHECK(entry.access.password.reveal() == "word");
  CHECK(entry.access.ca_file == "/ca");
  CHECK(entry.access.cert_file == "/c");
  CHECK(entry.access.key_file == "/k");
  CHECK(entry.access.insecure_skip_tls_verify);
  CHECK(entry.access.pass_credentials);
  CHECK(read_repositories("").empty());
  CHECK(refusal([] { read_repositories("repositories: x"); }).find("cannot unmarshal string") != std::string::npos);
}

TEST_CASE("what is packed is read again") {
  Files files{{"Chart.yaml", "name: a"},
              {"empty", ""},
              {std::string(90, 'x') + "/" + std::string(97, 'y'), "deep"},
              {"block", std::string(512, 'b')},
              {"bytes", std::string("a\0b", 3)}};
  const auto bytes = pack("a", files);
  CHECK(bytes == pack("a", files));
  const auto read = read_archive(bytes);
  REQUIRE(read.size() == files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    CHECK(read[i].name == files[i].name);
    CHECK(read[i].data == files[i].data);
  }
}

TEST_CASE("a lock") {
  Dependency dependency;
  dependency.name = "<a>";
  dependency.version = "1.2.0";
  dependency.repository = "https://h";
  const Lock lock{"2024-01-01T00:00:00.5Z", "sha256:1", std::vector<Dependency>{dependency}};
  const auto text = lock_text(lock);
  CHECK(text ==
        "dependencies:\n- name: <a>\n  repository: https://h\n  version: 1.2.0\ndigest: sha256:1\n"
        "generated: \"2024-01-01T00:00:00.5Z\"\n");
  const auto read = read_lock(text);
  CHECK(read.digest == lock.digest);
  CHECK(read.generated == lock.generated);
  CHECK(lock_digest(lock.dependencies, read.dependencies) == lock_digest(read.dependencies, lock.dependencies));
  CHECK(lock_digest({}, lock.dependencies) != lock_digest(std::vector<Dependency>(), lock.dependencies));
  CHECK_FALSE(read_lock("digest: x").dependencies);
}
