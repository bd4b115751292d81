#include <doctest/doctest.h>

#include "chart/function.hpp"
#include "chart/json_in.hpp"
#include "chart/json_out.hpp"
#include "chart/natural_order.hpp"
#include "chart/number.hpp"
#include "chart/toml_out.hpp"
#include "chart/yaml_in.hpp"
#include "chart/yaml_out.hpp"

using namespace gpuctl::chart;

namespace {

std::string over(const std::string& yaml) {
  return to_yaml(from_yaml(yaml));
}

std::string json_of(const std::string& yaml) {
  return to_json(from_yaml(yaml));
}

template <class Error, class Run>
std::string error_of(Run run) {
  try {
    run();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::string yaml_error(const std::string& text) {
  return error_of<YamlError>([&] { map_from_yaml(text); });
}

std::string json_error(const std::string& text) {
  return error_of<JsonError>([&] { from_json(text); });
}

}  // namespace

TEST_CASE("what cannot be converted is told once, however much of it there is") {
  constexpr int deep = 3000, many = 50000;
  std::string nested, closing;
  for (int i = 0; i < deep; ++i) nested += "{~: ", closing += '}';
  const auto told = yaml_error(nested + "1" + closing);
  CHECK(told.find("unsupported map key of type: %!s(<nil>), key: <nil>, value: map[interface {}]interface {}{") !=
        std::string::npos);
  std::size_t nothings = 0;
  for (auto at = told.find("(nil):"); at != std::string::npos; at = told.find("(nil):", at + 1)) ++nothings;
  CHECK(nothings == deep - 1);
  std::string wide = "~:\n";
  for (int i = 0; i < many; ++i) wide += "  k" + std::to_string(i) + ": 1\n";
  CHECK(yaml_error(wide).ends_with("\"k9999\":1}"));
}

TEST_CASE("numbers are written as Go writes them") {
  CHECK(print_float(1000000.0) == "1e+06");
  CHECK(print_float(123456.0) == "123456");
  CHECK(print_float(0.0001) == "0.0001");
  CHECK(print_float(0.00001) == "1e-05");
  CHECK(json_float(1e20) == "100000000000000000000");
  CHECK(json_float(1e21) == "1e+21");
  CHECK(json_float(1e-7) == "1e-7");
}

TEST_CASE("YAML is read with the scalars of version 1.1") {
  CHECK(json_of("a: yes\nb: off\nc: 0777\nd: 1_000\ne: 0x1F\n") == R"({"a":true,"b":false,"c":511,"d":1000,"e":31})");
  CHECK(json_of("a: 12:30:45\nb: 2020-01-01\nc: ~\n") == R"({"a":"12:30:45","b":"2020-01-01","c":null})");
  CHECK(json_of("1: a\ntrue: b\n1.5: c\n") == R"({"1":"a","1.5":"c","true":"b"})");
  CHECK(json_of("x: &x {b: 1}\nz:\n  <<: *x\n  c: 2\n") == R"({"x":{"b":1},"z":{"b":1,"c":2}})");
  CHECK(json_of("a: 1\na: 2\n---\nb: 3\n") == R"({"a":2})");
}

TEST_CASE("what is wrong with YAML is said in go-yaml's words") {
  CHECK(yaml_error("a: b: c") == "error converting YAML to JSON: yaml: mapping values are not allowed in this context");
  CHECK(yaml_error("a: *x") == "error converting YAML to JSON: yaml: unknown anchor 'x' referenced");
  CHECK(yaml_error("a: .inf") == "error converting YAML to JSON: json: unsupported value: +Inf");
  CHECK(yaml_error("[1]") ==
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type "
        "map[string]interface {}");
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 8; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += (j ? ", *a" : "*a") + std::to_string(i - 1);
    bomb += "]\n";
  }
  CHECK(yaml_error(bomb) == "error converting YAML to JSON: yaml: document contains excessive aliasing");
}

TEST_CASE("within brackets YAML is read as the port of libyaml in Go reads it") {
  CHECK(json_of("a: [b:, http://x/y, 'c:']") == R"({"a":["b:","http://x/y","c:"]})");
  CHECK(json_of("a: [!!str, 1]\nb: !x,y z") == R"({"a":["1"],"b":"z"})");
  CHECK(json_of("b: 1\n\xef\xbb\xbf: \xef\xbb\xbf") == "{\"b\":1,\"\xef\xbb\xbf\":\"\xef\xbb\xbf\"}");
  CHECK(json_of("{}: 1\nb: 2") == "{}");
  CHECK(yaml_error("a:\n  {}: 1") == "error converting YAML to JSON: yaml: line 1: did not find expected key");
  CHECK(yaml_error("a:\n- [http://x/y?z]") ==
        "error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'");
  // What is read anew for each colon ends; what is walked through for each tag and key is walked through once.
  std::string colons = "a: [", tags = "a: [", keys;
  for (int i = 0; i < 50000; ++i) colons += "b:,", tags += "!t b, ", keys += "? []\n: x?\n";
  CHECK(yaml_error(colons + "]").ends_with("found unexpected ':'"));
  CHECK(yaml_error(tags + "]").empty());
  CHECK(yaml_error(keys).ends_with("invalid map key: []interface {}{}"));
}

TEST_CASE("YAML is written with the quotes that go-yaml sets") {
  CHECK(over("b: [1, {c: d}]\na: {}\n") == "a: {}\nb:\n- 1\n- c: d\n");
  CHECK(over("a: 'yes'\nb: '1'\nc: 'x: y'\nd: ''\ne: '~'\nf: '- x'\n") ==
        "a: \"yes\"\nb: \"1\"\nc: 'x: y'\nd: \"\"\ne: \"~\"\nf: '- x'\n");
  CHECK(over("a: |\n  x\n  z\nb: |-\n  x\n  z\n") == "a: |\n  x\n  z\nb: |-\n  x\n  z\n");
  CHECK(over("a: 1000000\nb: 1e-6\nc: 1e21\nd: 2.50\n") == "a: 1000000\nb: 1e-06\nc: 1e+21\nd: 2.5\n");
  CHECK(to_yaml_pretty(from_yaml("a: [1, b]\n")) == "a:\n  - 1\n  - b\n");
  CHECK(to_yaml(Value()) == "null\n");
}

TEST_CASE("keys are sorted by the numbers in them") {
  CHECK(natural_less("a2", "a10", GoYaml::v2));
  CHECK_FALSE(natural_less("a10", "a2", GoYaml::v2));
  CHECK(natural_less("1", "a", GoYaml::v2));
  CHECK(natural_less("a", "ab", GoYaml::v2));
}

TEST_CASE("JSON is read, and refused in encoding/json's words") {
  CHECK(to_json(from_json(R"({"a":[1,2.5,"<\u00e9>",null]})")) == "{\"a\":[1,2.5,\"\\u003cé\\u003e\",null]}");
  CHECK(to_json(from_json(R"("\ud83d\ude00\ud83d")")) == "\"\xF0\x9F\x98\x80\xEF\xBF\xBD\"");
  CHECK(json_error("") == "unexpected end of JSON input");
  CHECK(json_error("{a:1}") == "invalid character 'a' looking for beginning of object key string");
  CHECK(json_error("[1,]") == "invalid character ']' looking for beginning of value");
  CHECK(json_error("nul!") == "invalid character '!' in literal null (expecting 'l')");
  CHECK(json_error("1 2") == "invalid character '2' after top-level value");
  CHECK(json_error("1e400") == "json: cannot unmarshal number 1e400 into Go value of type float64");
}

TEST_CASE("a map that holds itself has no JSON") {
  const auto map = std::make_shared<Map>();
  map->entries["self"] = Value(map);
  CHECK(error_of<CallError>([&] { to_json(Value(map)); }).starts_with("json: unsupported value"));
  CHECK(error_of<CallError>([&] { to_yaml(Value(map)); }).find("json: unsupported value") != std::string::npos);
  map->entries.clear();
}

TEST_CASE("TOML has a table's own keys before its tables") {
  CHECK(to_toml(from_yaml("b: 1\na: {x: why}\nc: [{d: 1}]\n")) ==
        "b = 1.0\n\n[a]\n  x = \"why\"\n\n[[c]]\n  d = 1.0\n");
}
