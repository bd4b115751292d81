#include "core/label_selector.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace gpuctl::core;

namespace {

bool fits(const char* selector, const LabelSelector::Labels& labels) {
  return LabelSelector::parse(selector).matches(labels);
}

}  // namespace

TEST_CASE("which labels a selector asks for") {
  const LabelSelector::Labels labels{{"tier", "web"}, {"env", ""}, {"count", "3"}, {"a.b/c-d", "x_y"}};
  for (const char* selector : {"",
                               "  ",
                               "tier",
                               "tier=web",
                               "tier==web",
                               "tier = web , count",
                               "tier in (db, web)",
                               "env=",
                               "env in (,x)",
                               "!old",
                               "! old",
                               "old!=x",
                               "old notin (x)",
                               "tier notin (db)",
                               "tier!=db",
                               "count>2",
                               "count<4",
                               "a.b/c-d=x_y",
                               "in!=x",
                               "tier,tier=web,!old,count > 2"})
    CHECK_MESSAGE(fits(selector, labels), selector);
  for (const char* selector : {"old", "old=x", "old in (x)", "!tier", "tier=db", "tier!=web", "tier notin (web, db)",
                               "count>3", "count<3", "tier>1", "old>1", "env!=", "tier=web,old", "tier in ()"})
    CHECK_MESSAGE(!fits(selector, labels), selector);
}

TEST_CASE("what is no selector says where") {
  const auto said = [](const char* selector) {
    try {
      LabelSelector::parse(selector);
      return std::string("nothing");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::usage);
      return error.message();
    }
  };
  CHECK(said("a in b") == "label selector `a in b`, column 6: expected ( and values");
  CHECK(said("a in (b") == "label selector `a in (b`, column 8: expected a comma or )");
  CHECK(said("a,") == "label selector `a,`, column 3: expected a label");
  CHECK(said("=a") == "label selector `=a`, column 1: expected a label");
  CHECK(said("a b") == "label selector `a b`, column 3: expected a comma or the end");
  CHECK(said("a>b") == "label selector `a>b`, column 4: expected a whole number");
  CHECK(said("!") == "label selector `!`, column 2: expected a label");
  CHECK(said("a=b=c") == "label selector `a=b=c`, column 4: expected a comma or the end");
}
