#include <doctest/doctest.h>

#include <string>

#include "playbook/playbook.hpp"
#include "support/error_text.hpp"
#include "support/no_source.hpp"

using namespace gpuctl;

namespace {

std::string error_of(const std::string& text) {
  test::NoSource source;
  playbook::Input input;
  input.playbook = {"p.yaml", text};
  try {
    playbook::parse(input, source);
  } catch (const core::Error& error) {
    CHECK(error.kind() == core::ErrorKind::invalid);
    return test::error_text(error);
  }
  return "no error";
}

std::string numbered(const std::string& before, const std::string& after, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += before + std::to_string(i) + after;
  return out;
}

const std::string head = "apiVersion: gpuctl/v1\n";

}  // namespace

TEST_CASE("a playbook is bounded, whatever it is large in") {
  CHECK(error_of(head + "# " + std::string(1 << 20, 'x')) ==
        "p.yaml: too large: 1048600 bytes, at most 1048576 (1 MiB)");
  CHECK(error_of(head + "vars: {a: " + std::string(64, '[') + std::string(64, ']') + "}\n") ==
        "p.yaml:2:73: nested too deeply: over 64 levels");
  CHECK(error_of(head + "hosts:\n" + numbered("  h", ": {}\n", 400) + "steps:\n" +
                 numbered("  - {service: {unit: a}, name: s", "}\n", 400)) ==
        "p.yaml:654:6: too large: over 100000 steps, counted for each host");
  std::string chain = "vars:\n  v0: [x]\n";
  for (int i = 1; i < 70; ++i) chain += "  v" + std::to_string(i) + ": [\"${v" + std::to_string(i - 1) + "}\"]\n";
  CHECK(error_of(head + chain + "hosts: {n: {address: \"${v69}\"}}\nsteps: [{service: {unit: a}}]\n") ==
        "p.yaml:9:8: variables use each other over 64 deep");
}
