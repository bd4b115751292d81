#include <doctest/doctest.h>

#include "chart/go/glob.hpp"
#include "chart/go/path.hpp"
#include "chart/package/ignore.hpp"
#include "chart/package/load.hpp"
#include "chart/render/kinds.hpp"
#include "chart/render/manifests.hpp"
#include "core/error.hpp"

using namespace gpuctl;
using namespace gpuctl::chart;

namespace {

const Warn silent = [](const std::string&) {};

std::string refusal(Files files) {
  try {
    load_files(std::move(files), silent);
    return "";
  } catch (const core::Error& error) {
    return error.message();
  }
}

}  // namespace

TEST_CASE("paths are cleaned and matched as in Go") {
  CHECK(path_clean("a//b/./../c/") == "a/c");
  CHECK(path_clean("../../a") == "../../a");
  CHECK(path_clean("/..") == "/");
  CHECK(path_base("a/b//") == "b");
  CHECK(path_ext("a.b/c") == "");
  CHECK(path_match("a*/[b-d]?", "abc/cx") == true);
  CHECK(path_match("a*", "a/b") == false);
  CHECK(path_match("[^a]", "b") == true);
  CHECK_FALSE(path_match("[", "a"));
  CHECK_FALSE(path_match("a\\", "a"));
}

TEST_CASE("globs of .Files") {
  CHECK(go::Glob("config/**").matches("config/a/b"));
  CHECK_FALSE(go::Glob("config/*").matches("config/a/b"));
  CHECK(go::Glob("{a,b*}.txt").matches("bcd.txt"));
  CHECK(go::Glob("[!a].x").matches("b.x"));
  CHECK(
      go::Glob("a?c").matches("a\xC3\xA4"
                              "c"));
  CHECK(go::Glob("[").matches("what is no pattern matches all"));
}

TEST_CASE(".helmignore") {
  const IgnoreRules rules("# comment\n*.tmp\n/top\nfolder/\ndeep/*.txt\n");
  CHECK(rules.ignores("a/b.tmp", false));
  CHECK(rules.ignores("top", false));
  CHECK_FALSE(rules.ignores("a/top", false));
  CHECK(rules.ignores("a/folder", true));
  CHECK_FALSE(rules.ignores("a/folder", false));
  CHECK(rules.ignores("deep/a.txt", false));
  CHECK(rules.ignores("templates/.x", false));
  CHECK(IgnoreRules("!kept\n").ignores("other", false));
  CHECK_FALSE(IgnoreRules("!kept\n").ignores("kept", false));
  CHECK_THROWS_AS(IgnoreRules("a/**"), core::Error);
}

TEST_CASE("what is no chart") {
  CHECK(refusal({{"values.yaml", "a: 1"}}) == "Chart.yaml file is missing");
  CHECK(refusal({{"Chart.yaml", "apiVersion: v2\nversion: 1.0.0"}}) == "validation: chart.metadata.name is required");
  CHECK(refusal({{"Chart.yaml", "apiVersion: v2\nname: a\nversion: x"}}) ==
        "validation: chart.metadata.version \"x\" is invalid");
  CHECK(refusal({{"Chart.yaml", "name: [a]"}}) ==
        "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go "
        "struct "
        "field Metadata.name of type string");
}

TEST_CASE("documents of a stream") {
  CHECK(split_documents("").empty());
  CHECK(split_documents("---\na: 1\n---\nb: 2\n") == std::vector<std::string>{"a: 1", "b: 2"});
  CHECK(split_documents("a: 1\n  \n---   \n\nb") == std::vector<std::string>{"a: 1", "b"});
  // The second mark has no line end before it left.
  CHECK(split_documents("---\n---\na") == std::vector<std::string>{"---\na"});
  CHECK(split_documents("a: x---\nb") == std::vector<std::string>{"a: x---\nb"});
}

TEST_CASE("the order of kinds") {
  CHECK(install_place("Namespace") < install_place("Deployment"));
  CHECK(install_place("ValidatingWebhookConfiguration") < install_place("Ant"));
  CHECK(install_place("Ant") < install_place("Zebra"));
  CHECK(install_place("Service") < install_place("DaemonSet"));
  CHECK(uninstall_place("Service") < uninstall_place("CronJob"));
  CHECK(uninstall_place("Deployment") < uninstall_place("ConfigMap"));
  CHECK(uninstall_place("DaemonSet") < uninstall_place("RoleBindingList"));
}
