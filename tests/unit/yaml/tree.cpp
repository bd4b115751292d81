#include <doctest/doctest.h>

#include "yaml/parse.hpp"

using namespace gpuctl;
using core::Node;

namespace {

Node value_of(const std::string& written) {
  return *yaml::parse("v: " + written + "\n", "p.yaml").find("v");
}

template <class T>
bool is(const Node& node, const T& expected) {
  const auto* value = std::get_if<T>(&node.value);
  return value && *value == expected;
}

}  // namespace

TEST_CASE("plain scalars mean what the core schema says, and booleans are true and false alone") {
  CHECK(is(value_of("true"), true));
  CHECK(is(value_of("false"), false));
  for (const char* word : {"yes", "no", "on", "off", "True", "FALSE", "y", "1.2.3", "0x", "12:30", "1e", "."})
    CHECK(is(value_of(word), std::string(word)));
  CHECK(is(value_of("12"), std::int64_t{12}));
  CHECK(is(value_of("+12"), std::int64_t{12}));
  CHECK(is(value_of("-12"), std::int64_t{-12}));
  CHECK(is(value_of("0644"), std::int64_t{644}));
  CHECK(is(value_of("0x1F"), std::int64_t{31}));
  CHECK(is(value_of("0o17"), std::int64_t{15}));
  CHECK(is(value_of("9223372036854775808"), 9223372036854775808.0));
  CHECK(is(value_of("1.5"), 1.5));
  CHECK(is(value_of("-.5e3"), -500.0));
  for (const char* word : {"~", "null", ""}) CHECK(std::holds_alternative<std::monostate>(value_of(word).value));
  CHECK(is(value_of("\"true\""), std::string("true")));
  CHECK(is(value_of("'12'"), std::string("12")));
  CHECK(is(value_of("!!str 12"), std::string("12")));
}

TEST_CASE("a number keeps its text") {
  CHECK(value_of("535.10").source == "535.10");
  CHECK(value_of("1.18").source == "1.18");
  CHECK(value_of("007").source == "007");
  CHECK(value_of("'535.10'").source.empty());
}

TEST_CASE("places count characters, and survive a byte order mark and CRLF") {
  const Node root = yaml::parse("\xEF\xBB\xBFgrößer: [ä, b]\r\nlist:\r\n  - x: 1\r\n    y:\r\n", "p.yaml");
  const auto& mapping = std::get<Node::Mapping>(root.value);
  CHECK(mapping[0].key == "größer");
  CHECK(mapping[0].where.text() == "p.yaml:1:1");
  CHECK(std::get<Node::List>(mapping[0].value.value)[1].where.text() == "p.yaml:1:13");
  const auto& item = std::get<Node::List>(mapping[1].value.value)[0];
  CHECK(item.where.text() == "p.yaml:3:5");
  CHECK(item.find("x")->where.text() == "p.yaml:3:8");
  CHECK(item.find("y")->where.text() == "p.yaml:4:5");  // nothing is there: its key is the place
}

TEST_CASE("aliases repeat what their anchor names; tabs between brackets and in blocks are content") {
  const Node root = yaml::parse("a: &x {b: [1, 2]}\nc: *x\nd: {\n\te: 1}\nf: |\n  x\n  \ty\n", "p.yaml");
  CHECK(std::get<Node::List>(root.find("c")->find("b")->value).size() == 2);
  CHECK(is(*root.find("d")->find("e"), std::int64_t{1}));
  CHECK(is(*root.find("f"), std::string("x\n\ty\n")));
}

TEST_CASE("a quote inside of quotes does not end them") {
  const Node root = yaml::parse("a: 'it''s'\nb: \"\\\"\"\nc: !!str \"x\"\nd: 'last '''\n", "p.yaml");
  CHECK(is(*root.find("a"), std::string("it's")));
  CHECK(is(*root.find("b"), std::string("\"")));
  CHECK(is(*root.find("d"), std::string("last '")));
}

TEST_CASE("documents: each with its places and anchors, empty ones left out") {
  const auto all = yaml::parse_all(
      "# first\n---\na: &x 1\nb: *x\n---\n---\n# nothing\n---\nc: &x 2\nd: *x\n...\n---\n{\"e\": [3]}\n", "m.yaml");
  REQUIRE(all.size() == 3);
  CHECK(std::get<std::int64_t>(all[0].find("b")->value) == 1);
  CHECK(std::get<std::int64_t>(all[1].find("d")->value) == 2);
  CHECK(all[1].find("c")->where.line == 9);
  CHECK(all[2].find("e")->kind_name() == "a list");
  CHECK(yaml::parse_all("", "m.yaml").empty());
  CHECK(yaml::parse_all("# only a comment\n", "m.yaml").empty());
}

TEST_CASE("documents: an error names its place in the file, and an anchor ends with its document") {
  const auto error = [](const std::string& text) {
    try {
      yaml::parse_all(text, "m.yaml");
    } catch (const core::Error& e) {
      return e.where().text() + ": " + e.message();
    }
    return std::string("no error");
  };
  CHECK(error("a: 1\n---\nb: 1\nb: 2\n") == "m.yaml:4:1: duplicate key \"b\", first at line 3");
  CHECK(error("a: &x 1\n---\nb: *x\n") == "m.yaml:3:4: this alias names nothing that stands before it");
  CHECK(error("a: 1\n---\n  - b\n c: 1\n") != "no error");
}
