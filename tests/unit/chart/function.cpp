#include "chart/function.hpp"

#include <doctest/doctest.h>

using namespace gpuctl::chart;

TEST_CASE("functions are found by name and come in its order") {
  const Function table[] = {{.name = "zeta"}, {.name = "alpha"}};
  const Function later[] = {{.name = "alpha", .variadic = true}};
  Functions all;
  all.add(table);
  all.add(later);
  REQUIRE(all.find("alpha"));
  CHECK(all.find("alpha")->variadic);
  CHECK_FALSE(all.find("beta"));
  CHECK((*all.begin())->name == "alpha");
  all.remove("alpha");
  CHECK_FALSE(all.find("alpha"));
  CHECK(all.find("zeta"));
}
