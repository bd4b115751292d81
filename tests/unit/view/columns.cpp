#include "view/columns.hpp"

#include <doctest/doctest.h>

using gpuctl::view::columns;

TEST_CASE("columns are padded, with a tab between two, as helm prints them") {
  CHECK(columns({}) == "\n");
  CHECK(columns({{"NAME", "N"}, {"a", "1"}}) == "NAME\tN\na   \t1\n");
  CHECK(columns({{"é", "x"}, {"ab", "y"}}) == "é \tx\nab\ty\n");
  CHECK(columns({{"", ""}, {"a", ""}}) == " \t\na\t\n");
}

TEST_CASE("a cell of several lines is cut to its widest") {
  CHECK(columns({{"1", "first line\nsecond"}}) == "1\tfirst l...\n");
}
