#include "chart/values/set.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "chart/json_out.hpp"
#include "core/error.hpp"

using namespace gpuctl;
using namespace gpuctl::chart;

namespace {

/// The map as JSON, or what is wrong.
std::string made(const std::string& line, SetAs as = SetAs::typed,
                 std::shared_ptr<Map> into = std::make_shared<Map>()) {
  try {
    set_into(line, into, as);
    return to_json(Value(into));
  } catch (const core::Error& error) {
    return "error: " + error.message();
  }
}

}  // namespace

TEST_CASE("a line of --set") {
  CHECK(made("") == "{}");
  CHECK(made("a=1,b=x,c=true,d=null,e=") == R"({"a":1,"b":"x","c":true,"d":null,"e":""})");
  CHECK(made("a.b.c=1,a.b.d=2") == R"({"a":{"b":{"c":1,"d":2}}})");
  CHECK(made("a={1,x,true},b=2") == R"({"a":[1,"x",true],"b":2})");
  CHECK(made("a={}") == R"({"a":[""]})");
  CHECK(made("a[2]=x,a[0]=y") == R"({"a":["y",null,"x"]})");
  CHECK(made("a[1][0].b=1") == R"({"a":[null,[{"b":1}]]})");
  CHECK(made(R"(a\.b=1\,2,c=d\=)") == R"({"a.b":"1,2","c":"d="})");
  CHECK(made("a=007,b=-3,c=+4,d=1.5,e=9223372036854775808") ==
        R"({"a":"007","b":-3,"c":4,"d":"1.5","e":"9223372036854775808"})");
}

TEST_CASE("what is wrong with a line of --set, in Helm's words") {
  CHECK(made("a") == R"(error: key "a" has no value)");
  CHECK(made("a,b=1") == R"(error: key "a" has no value (cannot end with ,))");
  CHECK(made("a[-1]=x") == "error: negative -1 index not allowed");
  CHECK(made("a[x]=1") == R"(error: error parsing index: strconv.Atoi: parsing "x": invalid syntax)");
  CHECK(made("a[65537]=1") == "error: index of 65537 is greater than maximum supported index of 65536");
  CHECK(made("a={1,2") == "error: list must terminate with '}'");
  CHECK(made("a=1,a.b=2") ==
        "error: unable to parse key: interface conversion: interface {} is int64, not map[string]interface {}");
  std::string deep = "a";
  for (int i = 0; i < 31; ++i) deep += ".a";
  CHECK(made(deep + "=1") == "error: value name nested level is greater than maximum supported nested level of 30");
}

TEST_CASE("an index that does not end is no error, and changes little") {
  CHECK(made("a[0") == "{}");
  CHECK(made("a[0]") == R"({"a":[]})");
}

TEST_CASE("--set-string, --set-json and --set-literal") {
  CHECK(made("a=1,b=true", SetAs::text) == R"({"a":"1","b":"true"})");
  CHECK(made(R"(a={"x":[1,2.5]},b=, c="y")", SetAs::json) == R"({" c":"y","a":{"x":[1,2.5]},"b":null})");
  CHECK(made(R"(a.b=x,y={z}\n)", SetAs::literal) == R"({"a":{"b":"x,y={z}\\n"}})");
}
