#include "view/diff.hpp"

#include <doctest/doctest.h>

#include "view/clean.hpp"

using namespace gpuctl::view;

namespace {

std::string written(const std::string& before, const std::string& after, std::size_t context = 3) {
  std::string out;
  for (const auto& line : diff(before, after, context)) out += std::string(1, line.sign) + line.text + "|";
  return out;
}

}  // namespace

TEST_CASE("equal texts have no difference") {
  CHECK(written("a\nb\n", "a\nb\n").empty());
  CHECK(written("", "").empty());
}

TEST_CASE("new, removed and changed lines") {
  CHECK(written("", "a\nb\n") == "@@@ -1,0 +1,2 @@|+a|+b|");
  CHECK(written("a\n", "") == "@@@ -1,1 +1,0 @@|-a|");
  CHECK(written("a\nb\nc\n", "a\nx\nc\n") == "@@@ -1,3 +1,3 @@| a|-b|+x| c|");
}

TEST_CASE("far changes are hunks of their own, with the context that was asked for") {
  const std::string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  const std::string after = "1\nx\n3\n4\n5\n6\n7\ny\n9\n";
  CHECK(written(before, after, 1) == "@@@ -1,3 +1,3 @@| 1|-2|+x| 3|@@@ -7,3 +7,3 @@| 7|-8|+y| 9|");
  CHECK(written(before, after, 3) == "@@@ -1,9 +1,9 @@| 1|-2|+x| 3| 4| 5| 6| 7|-8|+y| 9|");
}

TEST_CASE("the fewest lines are shown as changed") {
  std::size_t common = 0;
  for (const auto& line : diff("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n", 9)) common += line.sign == ' ' ? 1 : 0;
  CHECK(common == 4);
}

TEST_CASE("texts are fitted by columns, not bytes") {
  CHECK(columns("äöü·") == 4);
  CHECK(fitted("äöüäöü", 4, true) == "äöü…");
  CHECK(fitted("äöü", 3, true) == "äöü");
  CHECK(fitted("abcdef", 5, false) == "ab...");
}

TEST_CASE("over-long and lone sequences are shown as bytes") {
  CHECK(clean("\xc0\xaf", true) == "\\xc0\\xaf");
  CHECK(clean("\xed\xa0\x80", true) == "\\xed\\xa0\\x80");
  CHECK(clean("\xe2\x82", true) == "\\xe2\\x82");
  CHECK(clean("a·b…", false) == "a-b...");
}
