#include "core/seal.hpp"

#include <doctest/doctest.h>

using namespace gpuctl;
using core::Seal;

TEST_CASE("a word stands for a value, the same under one salt, and gives it back only where it was kept") {
  Seal seal;
  const auto word = seal.word("open sesame");
  CHECK(Seal::is_word(word));
  CHECK(word.find("sesame") == std::string::npos);
  CHECK_FALSE(seal.value(word));
  CHECK(seal.keep("open sesame") == word);
  CHECK(seal.value(word) == "open sesame");
  CHECK(seal.word("another") != word);
  Seal later(seal.salt());
  CHECK(later.word("open sesame") == word);
  CHECK_FALSE(later.value(word));
  CHECK(Seal().word("open sesame") != word);
}

TEST_CASE("a word may hang on another text than its value, or on a place") {
  Seal seal;
  const auto word = seal.keep_as("text", "value");
  CHECK(word == seal.word("text"));
  CHECK(seal.value(word) == "value");
  const auto rolled = seal.keep_rolled("place", "one");
  CHECK(Seal::is_rolled(rolled));
  CHECK_FALSE(Seal::is_word(rolled));
  CHECK(seal.keep_rolled("place", "two") == rolled);
  CHECK(seal.value(rolled) == "two");
  CHECK(seal.keep_rolled("another", "two") != rolled);
  for (const auto* text : {"rolled:", "rolled:what", "rolled:0123456789abcdef0123456789abcdeg", "sealed:0123"})
    CHECK_FALSE(Seal::is_rolled(text));
}

TEST_CASE("what of a Secret is a value") {
  const core::KubeRef secret{"v1", "Secret", "ns", "s"};
  CHECK(core::is_secret_value(secret, "/data/a~1b"));
  CHECK(core::is_secret_value(secret, "/stringData/a"));
  CHECK(core::is_secret_value(secret, "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration"));
  CHECK_FALSE(core::is_secret_value(secret, "/data"));
  CHECK_FALSE(core::is_secret_value(secret, "/metadata/labels/data"));
  CHECK_FALSE(core::is_secret_value({"v1", "ConfigMap", "ns", "s"}, "/data/a"));
  CHECK_FALSE(core::is_secret_value({"example.com/v1", "Secret", "ns", "s"}, "/data/a"));
}
