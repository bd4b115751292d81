#include <doctest/doctest.h>

#include <limits>

#include "chart/go/number.hpp"
#include "chart/go/print.hpp"
#include "chart/go/quote.hpp"
#include "chart/go/unicode.hpp"

using namespace gpuctl::chart;

namespace {

std::string formatted(std::string_view format, const std::vector<Value>& values) {
  return go::sprintf(format, values);
}

}  // namespace

TEST_CASE("a text is quoted and read back as Go does it") {
  CHECK(go::quoted("a\"\n\xff\u00e9\u200b") == "\"a\\\"\\n\\xff\u00e9\\u200b\"");
  CHECK(go::quoted("\u00e9", true) == "\"\\u00e9\"");
  CHECK(go::unquoted("\"\\x41\\u00e9\\101\"") == "A\u00e9A");
  CHECK(go::unquoted("`a\r\\n`") == "a\\n");
  CHECK_FALSE(go::unquoted("\"\\z\""));
  CHECK_FALSE(go::unquoted("'ab'"));
}

TEST_CASE("numbers are read in each way of writing them") {
  CHECK(go::parse_int("-0x1f") == -31);
  CHECK(go::parse_int("0777") == 511);
  CHECK(go::parse_int("1_000") == 1000);
  CHECK_FALSE(go::parse_int("1__0"));
  CHECK_FALSE(go::parse_int("9223372036854775808"));
  CHECK(go::parse_int("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK(go::parse_float("0x1p-2") == 0.25);
  CHECK(go::parse_float("1e-400") == 0);
  CHECK_FALSE(go::parse_float("1e400"));
}

TEST_CASE("a float is written with the digits that it needs") {
  CHECK(go::format_float(1000000, 'g', -1) == "1e+06");
  CHECK(go::format_float(123456, 'g', -1) == "123456");
  CHECK(go::format_float(0.1, 'f', -1) == "0.1");
  CHECK(go::format_float(2.5, 'f', 0) == "2");
  CHECK(go::format_float(1.5, 'x', -1) == "0x1.8p+00");
  CHECK(go::format_float(-0.0, 'e', 2) == "-0.00e+00");
}

TEST_CASE("printf takes flags, widths, precisions and indexes") {
  CHECK(formatted("%5.1f|%-4s|%+d", {Value::of_float(2.25), Value("a"), Value::of_int(3)}) == "  2.2|a   |+3");
  CHECK(formatted("%[2]d %[1]d", {Value::of_int(1), Value::of_int(2)}) == "2 1");
  CHECK(formatted("%*d", {Value::of_int(4), Value::of_int(7)}) == "   7");
  CHECK(formatted("%d %d", {Value("x")}) == "%!d(string=x) %!d(MISSING)");
  CHECK(formatted("%d", {Value::of_int(1), Value()}) == "1%!(EXTRA <nil>)");
  CHECK(formatted("%T %v", {Value::of_int64(1), Value()}) == "int64 <nil>");
}

TEST_CASE("what is no UTF-8 is a replacement character a byte") {
  CHECK(go::rune_count("a\xff\xfe\u00e9") == 4);
  CHECK(go::first_rune("\xff").code == 0xfffd);
}
