#include "steps/apt_sources.hpp"

#include <doctest/doctest.h>

using namespace gpuctl::steps;

namespace {

bool corp(const AptSource& source) {
  return source.uri.find("corp") != std::string::npos;
}

}  // namespace

TEST_CASE("one-line lists as apt reads them") {
  const auto found = parse_list(
      "# deb http://no /\n"
      "deb [ arch=amd64,arm64 signed-by=/k.gpg ] http://a/$(ARCH) ./ # why\n"
      "deb-src http://b jammy main universe\n"
      "deb [signed-by=/k.gpg http://broken /\n"
      "rpm http://c /\n"
      "deb http://too-short\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0].uri == "http://a/$(ARCH)");
  CHECK(found[0].suite == "./");
  CHECK(found[0].signed_by == "/k.gpg");
  CHECK(found[0].architectures == std::vector<std::string>{"amd64", "arm64"});
  CHECK(found[1].types == std::vector<std::string>{"deb-src"});
  CHECK(found[1].components == std::vector<std::string>{"main", "universe"});
}

TEST_CASE("deb822: every URI with every suite, unless switched off") {
  const auto found = parse_deb822(
      "# comment\n"
      "types: deb\nURIs: http://a http://b\nSuites: s\n t\nComponents: main\nSigned-By: /k.gpg\n"
      "\n\n"
      "Types: deb\nURIs: http://c\nSuites: /\nEnabled: no\n");
  REQUIRE(found.size() == 4);
  CHECK(found[0].uri == "http://a");
  CHECK(found[1].suite == "t");
  CHECK(found[3].uri == "http://b");
  CHECK(found[3].signed_by == "/k.gpg");
}

TEST_CASE("taking an entry out leaves everything else byte for byte") {
  CHECK(without_sources("/x.list", "# mine\ndeb http://corp /\ndeb http://a /\n", corp) == "# mine\ndeb http://a /\n");
  CHECK(without_sources("/x.list", "# mine\n\ndeb http://corp /\n", corp).empty());
  CHECK(without_sources("/x.list", "deb http://a /\n", corp) == "deb http://a /\n");
}

TEST_CASE("taking a URI out of a stanza keeps the stanza, the last one takes it along") {
  const std::string two = "Types: deb\nURIs: http://a\n http://corp\nSuites: /\nSigned-By: /k.gpg\n";
  CHECK(without_sources("/x.sources", two, corp) == "Types: deb\nURIs: http://a\nSuites: /\nSigned-By: /k.gpg\n");
  const std::string stanzas = "Types: deb\nURIs: http://corp\nSuites: /\n\nTypes: deb\nURIs: http://a\nSuites: /\n";
  CHECK(parse_deb822(without_sources("/x.sources", stanzas, corp)).size() == 1);
  CHECK(without_sources("/x.sources", "Types: deb\nURIs: http://corp\nSuites: /\n", corp).empty());
}

TEST_CASE("two ways to write one repository") {
  CHECK(same_uri("https://a/deb/$(ARCH)", "amd64") == same_uri("http://a/deb/amd64/", "amd64"));
  CHECK(same_uri("https://a/deb", "amd64") != same_uri("https://a/debian", "amd64"));
  CHECK(same_suite("./") == same_suite("/"));
  CHECK(same_suite("jammy") == "jammy");
}
