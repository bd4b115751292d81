#include "chart/release/rolled.hpp"

#include <doctest/doctest.h>

using namespace gpuctl;
using chart::release::sealed_texts;
using chart::release::SealedTexts;

namespace {

chart::release::Release release_of(const std::string& manifest, const std::string& hook = "kind: Pod\n") {
  chart::release::Release out;
  out.manifest = manifest;
  out.hooks.emplace_back().manifest = hook;
  return out;
}

SealedTexts texts_of(const std::string& manifest, core::Seal& seal) {
  return sealed_texts(release_of(manifest), seal);
}

constexpr const char* map_text = "---\n# Source: c/templates/a.yaml\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n";
constexpr const char* secret_text = "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n";

/// What is left of the first text beside the second, as one text; empty: nothing.
std::string left_of(const std::string& one, const std::string& again, core::Seal& seal) {
  core::Seal other(seal.salt());
  const auto out = without_rolls(texts_of(one, seal), texts_of(again, other), "place", seal);
  return out ? out->manifest : std::string();
}

}  // namespace

TEST_CASE("a string that is another each time is a word by its place, which stands for this rendering's") {
  core::Seal seal;
  const auto text =
      left_of(std::string(map_text) + "  now: one\n  k: v\n", std::string(map_text) + "  now: two\n  k: v\n", seal);
  const auto at = text.find("rolled:");
  REQUIRE(at != std::string::npos);
  CHECK(text.find("# Source: c/templates/a.yaml") != std::string::npos);
  CHECK(text.find("k: v") != std::string::npos);
  const auto word = text.substr(at, text.find('\n', at) - at);
  CHECK(core::Seal::is_rolled(word));
  CHECK(seal.value(word) == "one");
  CHECK(left_of(std::string(map_text) + "  now: 3rd\n  k: v\n", std::string(map_text) + "  now: 4th\n  k: v\n", seal) ==
        text);
  CHECK(seal.value(word) == "3rd");
}

TEST_CASE("what a Secret holds is a word by its place, too, and stands for the value") {
  core::Seal seal;
  const auto text = left_of(std::string(secret_text) + "  p: one\n", std::string(secret_text) + "  p: two\n", seal);
  const auto at = text.find("rolled:");
  REQUIRE(at != std::string::npos);
  CHECK(text.find("sealed:") == std::string::npos);
  CHECK(seal.value(text.substr(at, text.find('\n', at) - at)) == "b25l");  // base64
}

TEST_CASE("a hook's strings") {
  core::Seal seal, other(seal.salt());
  const std::string hook = "kind: Pod\nspec:\n  image: ";
  const auto one = sealed_texts(release_of("", hook + "a"), seal),
             again = sealed_texts(release_of("", hook + "b"), other);
  const auto out = without_rolls(one, again, "place", seal);
  REQUIRE(out);
  CHECK(out->hooks.at(0).find("image: rolled:") != std::string::npos);
}

TEST_CASE("where dice decide more than strings, nothing can be left out") {
  core::Seal seal;
  const auto differs = [&](const std::string& one, const std::string& again) {
    return left_of(map_text + one, map_text + again, seal).empty();
  };
  CHECK_FALSE(differs("  k: v\n", "  k: v\n"));
  CHECK(differs("  k: 1\n", "  k: 2\n"));
  CHECK(differs("  k: a\n", "  k: 2\n"));
  CHECK(differs("  k: a\n", "  k: a\n  l: b\n"));
  CHECK(differs("  k: a\n", "  l: a\n"));
  CHECK(differs("  k: [a]\n", "  k: [a, b]\n"));
  CHECK(differs("  k: a\n", "  k: a\n---\nkind: Pod\n"));
  CHECK(left_of("kind: A\n", "kind: B\n", seal).empty());
  CHECK(left_of("metadata: {name: a}\n", "metadata: {name: b}\n", seal).empty());
  CHECK(left_of("metadata: {annotations: {helm.sh/hook-weight: '1'}}\n",
                "metadata: {annotations: {helm.sh/hook-weight: '2'}}\n", seal)
            .empty());
}
