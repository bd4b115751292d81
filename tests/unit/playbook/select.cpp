#include "playbook/select.hpp"

#include <doctest/doctest.h>

#include "support/error_text.hpp"
#include "support/no_source.hpp"
#include "util/strings.hpp"

using namespace gpuctl;
using playbook::Selection;

namespace {

constexpr const char* text =
    "apiVersion: gpuctl/v1\n"
    "hosts: {a: {groups: [x]}, b: {groups: [x], jump: [gate]}, c: {}, gate: {}}\n"
    "steps:\n"
    "  - service: {unit: one}\n"
    "  - service: {unit: two}\n"
    "    name: two\n"
    "    on: x\n"
    "  - service: {unit: three}\n"
    "    name: three\n"
    "    on: c\n";

playbook::Playbook parsed(const std::string& content = text) {
  test::NoSource source;
  playbook::Input input;
  input.playbook = {"p.yaml", content};
  return playbook::parse(input, source);
}

/// `step:host,host …`, then the hosts that a step is for, then the others.
std::string left(const Selection& selection) {
  try {
    const auto playbook = playbook::select(parsed(), selection);
    std::string out;
    for (const auto& use : playbook.steps) {
      std::vector<std::string> hosts;
      for (const auto& [host, step] : use.on) hosts.push_back(host);
      out += use.name + ":" + util::join(hosts, ",") + " ";
    }
    out += "|";
    for (const auto& host : playbook.hosts) out += " " + host.name;
    out += " |";
    for (const auto& host : playbook.others) out += " " + host.name;
    return out;
  } catch (const core::Error& error) {
    CHECK(error.kind() == core::ErrorKind::usage);
    return test::error_text(error);
  }
}

}  // namespace

TEST_CASE("a selection leaves the steps and hosts that were named") {
  CHECK(left({}) == "service:a,b,c two:a,b three:c | a b c | gate");
  CHECK(left({{"a"}, {}, {}}) == "service:a two:a | a | gate b c");
  CHECK(left({{"x"}, {}, {}}) == "service:a,b two:a,b | a b | gate c");
  CHECK(left({{"c"}, {}, {}}) == "service:c three:c | c | gate a b");
  CHECK(left({{}, {"three"}, {}}) == "three:c | c | gate a b");
  CHECK(left({{}, {"three", "two"}, {}}) == "two:a,b three:c | a b c | gate");
  CHECK(left({{}, {}, {"service"}}) == "two:a,b three:c | a b c | gate");
  CHECK(left({{"b", "c"}, {"service", "two"}, {"service"}}) == "two:b | b | gate a c");
}

TEST_CASE("a selection of what is not there is refused") {
  CHECK(left({{"d"}, {}, {}}) == "--limit: no host or group is called \"d\"\n  hint: did you mean \"a\"?");
  CHECK(left({{}, {"tow"}, {}}) == "--only tow: no step is called \"tow\"\n  hint: did you mean \"two\"?");
  CHECK(left({{}, {}, {"driver"}}) ==
        "--skip driver: no step is called \"driver\"\n  hint: the playbook's steps: service, two, three");
  CHECK(left({{"gate"}, {}, {}}) == "no step is left to do\n  hint: look at --limit, --only and --skip together");
  CHECK(left({{}, {"two"}, {"two"}}) == "no step is left to do\n  hint: look at --limit, --only and --skip together");
}

TEST_CASE("the digest is that of the intent, not of the spelling") {
  const std::string same =
      "# a comment\n"
      "apiVersion: \"gpuctl/v1\"\n"
      "vars: {n: one, unused: 1}\n"
      "hosts:\n"
      "  a: {groups: [x]}\n"
      "  b: {jump: [gate], groups: ['x']}\n"
      "  c: {}\n"
      "  gate: {}\n"
      "steps:\n"
      "  - service: {unit: \"${n}\"}\n"
      "  - {name: two, on: [a, b], service: {unit: two}}\n"
      "  - {name: three, on: c, service: {unit: three}}\n";
  const std::string digest = parsed().sha256;
  CHECK(digest.size() == 64);
  CHECK(parsed(same).sha256 == digest);
  for (const auto& [what, with] : std::vector<std::pair<std::string, std::string>>{
           {"unit: one", "unit: other"}, {"name: two", "name: zwei"}, {"on: c", "on: a"}, {"c: {}", "c: {port: 1}"}}) {
    CHECK(parsed(util::replace_all(text, what, with)).sha256 != digest);
  }
}
