#include "ssh/pattern.hpp"

#include <doctest/doctest.h>

using namespace gpuctl::ssh;

TEST_CASE("a pattern matches the whole text") {
  CHECK(matches("k3s-gpu-worker", "k3s-*"));
  CHECK(matches("abc", "a?c"));
  CHECK(matches("", "*"));
  CHECK(matches("aXbXc", "a*b*c"));
  CHECK(matches("mississippi", "m*iss*ppi"));
  CHECK_FALSE(matches("abc", "ab"));
  CHECK_FALSE(matches("abc", "b*"));
  CHECK_FALSE(matches("mississippi", "m*iss*ppx"));
  CHECK_FALSE(matches("", "?"));
}

TEST_CASE("one exclusion outweighs every match") {
  CHECK(matches_list("gpu1", "gpu*,!gpu2"));
  CHECK_FALSE(matches_list("gpu2", "gpu*,!gpu2"));
  CHECK_FALSE(matches_list("gpu2", "!gpu2,gpu*"));
  CHECK_FALSE(matches_list("other", "!gpu2"));
  CHECK(matches_list("gpu1", "GPU*", true));
}
