#include <doctest/doctest.h>

#include "chart/json_out.hpp"
#include "chart/package/load.hpp"
#include "chart/render/output.hpp"
#include "chart/render/unused.hpp"
#include "chart/values/coalesce.hpp"
#include "chart/values/dependencies.hpp"
#include "chart/values/set.hpp"
#include "core/error.hpp"

using namespace gpuctl;
using namespace gpuctl::chart;

namespace {

const std::string parent_yaml =
    "apiVersion: v2\n"
    "name: parent\n"
    "version: 1.0.0\n"
    "dependencies:\n"
    "  - {name: child, version: 0.x, condition: child.enabled}\n"
    "  - {name: child, version: 0.x, alias: twin, tags: [twins]}\n";

Files files() {
  return {{"Chart.yaml", parent_yaml},
          {"values.yaml", "a: 1\nchild: {enabled: true, own: parent's}\nglobal: {g: 1}\n"},
          {"templates/one.yaml", "kind: ConfigMap\nname: {{ .Release.Name }}-{{ .Values.a }}{{ .Values.none }}\n"},
          {"templates/NOTES.txt", "for {{ .Release.Namespace }}"},
          {"charts/child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.3.0\n"},
          {"charts/child/values.yaml", "own: child's\nkept: {x: 1, z: 2}\n"},
          {"charts/child/templates/two.yaml",
           "kind: Job\nmetadata: {annotations: {helm.sh/hook: test}}\n"
           "own: {{ .Values.own }} in {{ .Template.Name }}\n"}};
}

struct World {
  std::vector<std::string> warnings;
  Surroundings surroundings() {
    Surroundings out;
    out.now = [] { return std::chrono::system_clock::time_point(); };
    out.random = [](std::span<unsigned char>) {};
    out.warn = [this](const std::string& what) { warnings.push_back(what); };
    return out;
  }
};

ReleaseRequest request(const std::string& set) {
  ReleaseRequest out;
  out.name = "rel";
  out.name_space = "ns";
  out.capabilities = default_capabilities();
  set_into(set, out.values, SetAs::typed);
  return out;
}

struct Done {
  Rendered rendered;
  std::unique_ptr<ChartTree> tree;
  std::vector<std::string> warnings;
};

Done rendered(const std::string& set = "", Reads* reads = nullptr, Files from = files()) {
  World world;
  auto surroundings = world.surroundings();
  surroundings.reads = reads;
  Done out;
  out.tree = load_files(std::move(from), surroundings.warn);
  out.rendered = render_release(*out.tree, request(set), surroundings);
  out.warnings = world.warnings;
  return out;
}

std::string values(const std::string& set) {
  return to_json(Value(rendered(set).rendered.values));
}

}  // namespace

TEST_CASE("a chart is rendered with its dependencies") {
  const auto done = rendered();
  CHECK(
      output_text(done.rendered, {}) ==
      "---\n# Source: parent/templates/one.yaml\nkind: ConfigMap\nname: rel-1\n"
      "---\n# Source: parent/charts/child/templates/two.yaml\nkind: Job\nmetadata: {annotations: {helm.sh/hook: "
      "test}}\n"
      "own: parent's in parent/charts/child/templates/two.yaml\n"
      "---\n# Source: parent/charts/twin/templates/two.yaml\nkind: Job\nmetadata: {annotations: {helm.sh/hook: test}}\n"
      "own: child's in parent/charts/twin/templates/two.yaml\n");
  CHECK(done.rendered.notes == "for ns");
  OutputOptions options;
  options.tests = false;
  CHECK(output_text(done.rendered, options) ==
        "---\n# Source: parent/templates/one.yaml\nkind: ConfigMap\nname: rel-1\n");
  options.show_only = {"templates/none.yaml"};
  CHECK_THROWS_WITH_AS(output_text(done.rendered, options), "could not find template templates/none.yaml in chart",
                       core::Error);
}

TEST_CASE("conditions and tags take dependencies out") {
  CHECK(rendered("child.enabled=false").rendered.hooks.size() == 1);
  CHECK(rendered("child.enabled=false,tags.twins=false").rendered.hooks.empty());
  const auto odd = rendered("child.enabled=maybe");
  CHECK(odd.rendered.hooks.size() == 2);
  CHECK(odd.warnings == std::vector<std::string>{"returned non-bool value path=child.enabled chart=child"});
}

TEST_CASE("values are coalesced") {
  const std::string twin = R"("twin":{"global":{"g":1},"kept":{"x":1,"z":2},"own":"child's"}})";
  CHECK(values("") ==
        R"({"a":1,"child":{"enabled":true,"global":{"g":1},"kept":{"x":1,"z":2},"own":"parent's"},"global":{"g":1},)" +
            twin);
  CHECK(values("a=null,child.kept.x=null,twin.kept=null") ==
        R"({"child":{"enabled":true,"global":{"g":1},"kept":{"z":2},"own":"parent's"},"global":{"g":1},)"
        R"("twin":{"global":{"g":1},"own":"child's"}})");
}

TEST_CASE("methods of the values, and the bytes of a file") {
  auto from = files();
  for (auto& file : from)
    if (file.name == "templates/one.yaml")
      file.data =
          "data: {{ range .Files.GetBytes \"b\" }}{{ . }} {{ end }}"
          "{{ .Values.AsMap | typeOf }} {{ .Values.Table \"child\" | typeOf }} {{ .Values.PathValue \"child.own\" }}";
  from.push_back({"b", "a\xff"});
  const auto done = rendered("", nullptr, from);
  OutputOptions options;
  options.show_only = {"templates/one.yaml"};
  CHECK(output_text(done.rendered, options) ==
        "---\n# Source: parent/templates/one.yaml\ndata: 97 255 map[string]interface {} common.Values parent's\n");
}

TEST_CASE("values that nothing reads are found, with the nearest that is read") {
  RecordedReads reads;
  const auto done = rendered("a=2,child.oen=1,child.enabled=true", &reads);
  const auto user = request("a=2,child.oen=1,child.enabled=true").values;
  const auto unused = unused_values(done.tree->root(), *user, done.rendered.values, reads);
  REQUIRE(unused.size() == 1);
  CHECK(unused[0].path == "child.oen");
  CHECK(unused[0].nearest == "child.own");
}

TEST_CASE("what stops a rendering, in Helm's words") {
  auto with = [](const std::string& name, const std::string& text) {
    auto out = files();
    out.push_back({name, text});
    return out;
  };
  const auto said = [](Files from) {
    try {
      rendered("", nullptr, std::move(from));
      return std::string();
    } catch (const core::Error& error) {
      return error.message();
    }
  };
  CHECK(said(with("templates/x.yaml", "{{ .Values.b.c }}")) ==
        "parent/templates/x.yaml:1:10\n"
        "  executing \"parent/templates/x.yaml\" at <.Values.b.c>:\n"
        "    nil pointer evaluating interface {}.c");
  CHECK(said(with("templates/x.yaml", "{{ fail \"because\" }}")) ==
        "execution error at (parent/templates/x.yaml:1:3): because");
  CHECK(said(with("templates/x.yaml", "{{ nope }}")) ==
        "parse error at (parent/templates/x.yaml:1): function \"nope\" not defined");
  CHECK(said(with("templates/x.yaml", "a: [")).starts_with("YAML parse error on parent/templates/x.yaml: error "));
  CHECK(said(with("values.schema.json", R"({"properties": {"a": {"type": "string"}}})"))
            .starts_with(
                "values don't meet the specifications of the schema(s) in the following chart(s):\nparent:\n- at "
                "'/a'"));
}
