#include "core/answer.hpp"

#include <doctest/doctest.h>

using namespace gpuctl::core;

TEST_CASE("a prediction is confirmed field by field") {
  const Record seen{{"version", "1.18.1-1"}, {"want", "hold"}};
  CHECK(confirms(Record{{"version", "1.18.1-1"}}, seen));
  CHECK_FALSE(confirms(Record{{"version", "1.19.0-1"}}, seen));
  CHECK_FALSE(confirms(Record{{"missing", "x"}}, seen));
  CHECK(confirms(Record{{"missing", Absent{}}}, seen));
  CHECK(confirms(Unknown{"apt_packages"}, seen));
  CHECK_FALSE(confirms(Absent{}, seen));
}

TEST_CASE("a predicted time is a lower bound") {
  const Record predicted{{"ctime", Time{1'000'000, true}}};
  CHECK(confirms(predicted, Record{{"ctime", Time{2'000'000}}}));
  CHECK(confirms(predicted, Record{{"ctime", Time{1'000'000}}}));
  CHECK(confirms(predicted, Record{{"ctime", Time{1'000'000 - tick_us}}}));
  CHECK_FALSE(confirms(predicted, Record{{"ctime", Time{1'000'000 - tick_us - 1}}}));
  CHECK_FALSE(confirms(Record{{"since", Time{100}}}, Record{{"since", Time{101}}}));
}
