#include "cli/arguments.hpp"

#include <doctest/doctest.h>

#include "support/golden.hpp"

using namespace gpuctl;

namespace {

cli::Parsed parsed(std::vector<const char*> words) {
  words.insert(words.begin(), "gpuctl");
  return cli::parse(static_cast<int>(words.size()), words.data());
}

}  // namespace

TEST_CASE("a command line is read") {
  const auto out = parsed({"provision", "site.yaml", "--overlay", "a.yaml", "--overlay", "b.yaml", "--set", "x=1=2",
                           "--limit", "n1", "--only", "driver", "--yes", "-i", "key", "--timeout", "5"});
  REQUIRE(out.arguments);
  CHECK(out.arguments->command == cli::Command::provision);
  CHECK(out.arguments->playbook == "site.yaml");
  CHECK(out.arguments->overlays == std::vector<std::string>{"a.yaml", "b.yaml"});
  CHECK(out.arguments->settings == std::vector<std::pair<std::string, std::string>>{{"x", "1=2"}});
  CHECK(out.arguments->limit == std::vector<std::string>{"n1"});
  CHECK(out.arguments->yes);
  CHECK(out.arguments->identity == "key");
  CHECK(out.arguments->timeout_s == 5);
}

TEST_CASE("options may stand before the playbook") {
  const auto out = parsed({"plan", "--overlay", "a.yaml", "site.yaml"});
  REQUIRE(out.arguments);
  CHECK(out.arguments->playbook == "site.yaml");
  CHECK(out.arguments->overlays == std::vector<std::string>{"a.yaml"});
}

TEST_CASE("wrong usage is 64, whatever CLI11 says") {
  for (const auto& words : std::vector<std::vector<const char*>>{{},
                                                                 {"paln"},
                                                                 {"plan"},
                                                                 {"plan", "a", "b"},
                                                                 {"plan", "a", "--nonsense"},
                                                                 {"plan", "a", "--set", "x"},
                                                                 {"plan", "a", "--set", "=x"},
                                                                 {"verify", "a", "--timeout", "soon"},
                                                                 {"verify", "a", "--timeout", "0"},
                                                                 {"plan", "a", "--plan", "x"},
                                                                 {"facts"}}) {
    const auto out = parsed(words);
    CHECK_FALSE(out.arguments);
    CHECK(out.exit == 64);
    CHECK_FALSE(out.text.empty());
  }
}

TEST_CASE("help and version") {
  CHECK(golden::same("cli/help.txt", parsed({"--help"}).text));
  for (const char* verb : {"plan", "provision", "verify", "facts"})
    CHECK(golden::same(std::string("cli/help-") + verb + ".txt", parsed({verb, "--help"}).text));
  CHECK(parsed({"--help"}).exit == 0);
  CHECK(parsed({"--version"}).exit == 0);
  CHECK(parsed({"--version"}).text.starts_with("gpuctl "));
}

TEST_CASE("what is wrong is said") {
  CHECK(golden::same("cli/usage-unknown-verb.txt", parsed({"paln", "site.yaml"}).text));
  CHECK(golden::same("cli/usage-no-playbook.txt", parsed({"plan"}).text));
  CHECK(golden::same("cli/usage-bad-set.txt", parsed({"plan", "site.yaml", "--set", "x"}).text));
  CHECK(golden::same("cli/usage-unknown-option.txt", parsed({"verify", "site.yaml", "--yes"}).text));
}
