#include "playbook/playbook.hpp"

#include <doctest/doctest.h>

#include "support/no_source.hpp"
#include "util/strings.hpp"

using namespace gpuctl;

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

}  // namespace

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
