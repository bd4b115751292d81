#include "core/params.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "support/error_text.hpp"
#include "support/no_source.hpp"
#include "yaml/parse.hpp"

using namespace gpuctl;
using core::Params;
using std::chrono::milliseconds;

namespace {

constexpr const char* text =
    "name: toolkit\n"        // 1
    "version: 535.10\n"      // 2
    "on: yes\n"              // 3
    "flag: true\n"           // 4
    "count: 3\n"             // 5
    "list: [a, 1.10]\n"      // 6
    "bad_list: [a, [b]]\n"   // 7
    "pairs: {a: 1, b: x}\n"  // 8
    "bad_pairs: {a: true}\n"
    "key: {url: here}\n"  // 10
    "settle: 1h30m\n"
    "memory: 12288MiB\n"  // 12
    "runtime: contianerd\n"
    "nothing:\n";  // 14

std::string error_of(const std::function<void(Params&)>& use) {
  static const core::Node node = yaml::parse(text, "p.yaml");
  const core::Host host;
  test::NoSource source;
  Params params(node, "step", host, source);
  try {
    use(params);
  } catch (const core::Error& error) {
    return test::error_text(error);
  }
  return "no error";
}

}  // namespace

TEST_CASE("params give what is written") {
  const core::Node node = yaml::parse(text, "p.yaml");
  const core::Host host;
  test::NoSource source;
  Params params(node, "step", host, source);
  CHECK(params.text("name") == "toolkit");
  CHECK(params.text("version") == "535.10");
  CHECK(params.text("absent", "else") == "else");
  CHECK(params.flag("flag", false));
  CHECK(params.integer("count", 0) == 3);
  CHECK(params.texts("list") == std::vector<std::string>{"a", "1.10"});
  CHECK(params.texts("absent").empty());
  CHECK(params.pairs("pairs") == std::vector<std::pair<std::string, std::string>>{{"a", "1"}, {"b", "x"}});
  CHECK(params.mapping("key").text("url") == "here");
  CHECK(params.duration("settle", milliseconds(0)) == std::chrono::minutes(90));
  CHECK(params.bytes("memory", 0) == std::int64_t{12288} * 1024 * 1024);
  CHECK(params.one_of("name", {"toolkit", "driver"}, "driver") == "toolkit");
  CHECK(params.where("pairs").text() == "p.yaml:8:8");
}

TEST_CASE("a wrong parameter is named with its place, what was expected and what was found") {
  CHECK(error_of([](Params& p) { p.text("list"); }) == "p.yaml:6:7: step.list: expected a string, found a list");
  CHECK(error_of([](Params& p) { p.text("nothing"); }) ==
        "p.yaml:14:1: step.nothing: expected a string, found nothing");
  CHECK(error_of([](Params& p) { p.text("flag"); }) ==
        "p.yaml:4:7: step.flag: expected a string, found true\n  hint: write \"true\" in quotes to mean the word");
  CHECK(error_of([](Params& p) { p.flag("on", false); }) ==
        "p.yaml:3:5: step.on: expected true or false, found \"yes\"");
  CHECK(error_of([](Params& p) { p.integer("version", 0); }) ==
        "p.yaml:2:10: step.version: expected a whole number, found 535.10");
  CHECK(error_of([](Params& p) { p.texts("name"); }) ==
        "p.yaml:1:7: step.name: expected a list of strings, found \"toolkit\"\n  hint: write it as a list: "
        "[\"toolkit\"]");
  CHECK(error_of([](Params& p) { p.texts("bad_list"); }) ==
        "p.yaml:7:15: step.bad_list[1]: expected a string, found a list");
  CHECK(error_of([](Params& p) { p.pairs("list"); }) ==
        "p.yaml:6:7: step.list: expected a mapping of strings, found a list");
  CHECK(error_of([](Params& p) { p.pairs("bad_pairs"); }) ==
        "p.yaml:9:16: step.bad_pairs.a: expected a string, found true\n"
        "  hint: write \"true\" in quotes to mean the word");
  CHECK(error_of([](Params& p) { p.mapping("name"); }) ==
        "p.yaml:1:7: step.name: expected a mapping, found \"toolkit\"");
  CHECK(error_of([](Params& p) { p.duration("count", milliseconds(0)); }) ==
        "p.yaml:5:8: step.count: expected a duration such as 90s, 10m or 1h30m, found 3");
  CHECK(error_of([](Params& p) { p.bytes("settle", 0); }) ==
        "p.yaml:11:9: step.settle: expected a size such as 12288MiB or 12GiB, found \"1h30m\"");
  CHECK(error_of([](Params& p) { p.one_of("runtime", {"containerd", "crio"}, "containerd"); }) ==
        "p.yaml:13:10: step.runtime: expected one of containerd, crio, found \"contianerd\"\n"
        "  hint: did you mean \"containerd\"?");
  CHECK(error_of([](Params& p) { p.mapping("key").done(); }) == "p.yaml:10:7: step.key: unknown key \"url\"");
}

TEST_CASE("missing and unknown keys name the nearest known one") {
  CHECK(error_of([](Params& p) { p.text("uri"); }) == "p.yaml:1:1: step: \"uri\" is missing, expected a string");
  // A required key that is missing was misspelled.
  CHECK(error_of([](Params& p) { p.text("verson"); }) ==
        "p.yaml:2:1: step: unknown key \"version\"\n  hint: did you mean \"verson\"?");
  CHECK(error_of([](Params& p) {
          p.has("nmae");
          p.done();
        }) == "p.yaml:1:1: step: unknown key \"name\"\n  hint: did you mean \"nmae\"?");
  CHECK(error_of([](Params& p) {
          p.has("unit");
          p.has("restart");
          p.done();
        }) == "p.yaml:1:1: step: unknown key \"name\"\n  hint: known keys: restart, unit");
}

TEST_CASE("a scalar is no mapping, nothing is an empty one") {
  const core::Host host;
  test::NoSource source;
  const core::Node root = yaml::parse("service: k3s-agent\ndriver:\n", "p.yaml");
  try {
    Params(*root.find("service"), "service", host, source);
    FAIL("no error");
  } catch (const core::Error& error) {
    CHECK(test::error_text(error) == "p.yaml:1:10: service: expected a mapping, found \"k3s-agent\"");
  }
  CHECK_NOTHROW(Params(*root.find("driver"), "driver", host, source).done());
}

TEST_CASE("durations and sizes") {
  CHECK(core::parse_duration("90s") == milliseconds(90000));
  CHECK(core::parse_duration("10m") == milliseconds(600000));
  CHECK(core::parse_duration("500ms") == milliseconds(500));
  CHECK(core::parse_duration("1m30s") == milliseconds(90000));
  CHECK(core::parse_duration("0s") == milliseconds(0));
  for (const char* wrong : {"", "90", "s", "1.5h", "-1s", "30m1h", "1s1s", "90 s", "90S", "9999999999s", "1s "})
    CHECK_FALSE(core::parse_duration(wrong).has_value());
  CHECK(core::parse_bytes("512KiB") == 524288);
  CHECK(core::parse_bytes("2GiB") == std::int64_t{2} << 30);
  CHECK(core::parse_bytes("7B") == 7);
  for (const char* wrong : {"", "12", "12MB", "MiB", "1.5GiB", "12 MiB", "12mib", "12MiBx"})
    CHECK_FALSE(core::parse_bytes(wrong).has_value());
}
