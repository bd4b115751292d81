#include <doctest/doctest.h>

#include <map>

#include "chart/functions/functions.hpp"
#include "chart/render/engine.hpp"

using namespace gpuctl::chart;

namespace {

const Surroundings nowhere;

std::string rendered(const std::string& text, const Value& data = {}, Reads* reads = nullptr, Limits limits = {}) {
  TemplateSet set(helm_functions(), MissingKey::zero, reads, limits);
  set.add("t", text);
  RenderEngine engine(set, nowhere, false);
  std::string out;
  set.execute("t", data, engine, out);
  return out;
}

std::string error_of(const std::string& text, const Value& data = {}, Limits limits = {}) {
  try {
    rendered(text, data, nullptr, limits);
  } catch (const TemplateError& error) {
    return error.what();
  }
  return "";
}

Value sample() {
  Map inner;
  inner.entries["k"] = Value("v");
  Map map;
  map.entries["m"] = Value(std::move(inner));
  map.entries["n"] = Value::of_float(1000000);
  return Value(std::move(map));
}

struct Heard : Reads {
  std::string text;
  void key(const Map&, std::string_view key) override { text += "." + std::string(key); }
  void all(const Map&) override { text += "*"; }
};

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a template is text and actions over values") {
  CHECK(rendered("a {{- .m.k -}} b", sample()) == "avb");
  CHECK(rendered("{{ .n }} {{ printf \"%d\" 3 }} {{ 1e6 }}", sample()) == "1e+06 3 1e+06");
  CHECK(rendered("{{ range $i, $e := .m }}{{ $i }}={{ $e }}{{ end }}", sample()) == "k=v");
}

TEST_CASE("an error says where and in Go's words") {
  CHECK(error_of("a\n {{ .n.x }}", sample()) ==
        "template: t:2:6: executing \"t\" at <.n.x>: can't evaluate field x in type interface {}");
  CHECK(error_of("{{ .none.x.y }}", sample()) ==
        "template: t:1:8: executing \"t\" at <.none.x.y>: nil pointer evaluating interface {}.x");
  CHECK(error_of("{{ if }}") == "template: t:1: missing value for if");
}

TEST_CASE("what templates read is heard") {
  Heard heard;
  rendered("{{ .m.k }}{{ index .m \"k\" }}{{ range .m }}{{ end }}", sample(), &heard);
  CHECK(heard.text == ".m.k.m.k.m*");
  Heard handed_on;
  rendered("{{ dict \"a\" . | kindOf }}{{ hasKey .m \"k\" }}{{ .m | toYaml }}", sample(), &handed_on);
  CHECK(handed_on.text == ".m.k.m*");
}

TEST_CASE("a copy of a set knows its templates and adds to itself alone") {
  TemplateSet set(helm_functions());
  set.add("a", "1");
  TemplateSet copy = set;
  copy.add("b", "2");
  CHECK(copy.has("a"));
  CHECK_FALSE(set.has("b"));
}

TEST_CASE("what has no end is an error with a place") {
  const Limits little{10000, 1000};
  CHECK(error_of("{{ range 1000000000 }}{{ end }}", {}, little) ==
        "template: t:1:22: executing \"t\" at <>: the template takes more than 10000 steps");
  CHECK(error_of("{{ range 1000000000 }}{{ \"0123456789\" }}{{ end }}", {}, little) ==
        "template: t:1:25: executing \"t\" at <{{\"0123456789\"}}>: the output grows beyond 1000 bytes");
  CHECK(error_of("{{ define \"r\" }}{{ template \"r\" }}{{ end }}{{ template \"r\" }}") ==
        "template: t:1:28: executing \"r\" at <{{template \"r\"}}>: exceeded maximum template depth (100000)");
  CHECK(error_of("{{ " + repeated("(", 20000) + "1") == "template: t:1: max expression depth exceeded");
  CHECK(error_of(repeated("{{ if 1 }}", 200000)).ends_with("max depth of nested actions exceeded"));
  CHECK(error_of("{{ $x := \"0123456789\" }}{{ range 40 }}{{ $x = print $x $x }}{{ end }}")
            .ends_with("grows beyond 256 MiB"));
}
