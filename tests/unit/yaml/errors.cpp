#include <doctest/doctest.h>

#include <string>

#include "support/error_text.hpp"
#include "yaml/parse.hpp"

using namespace gpuctl;

namespace {

std::string error_of(const std::string& text) {
  try {
    yaml::parse(text, "p.yaml");
  } catch (const core::Error& error) {
    CHECK(error.kind() == core::ErrorKind::invalid);
    return test::error_text(error);
  }
  return "no error";
}

std::string repeat(const std::string& part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

struct Case {
  std::string text;
  std::string error;
};

}  // namespace

TEST_CASE("syntax errors name the place and what to do") {
  const Case cases[] = {
      {"", "p.yaml:1:1: the file is empty"},
      {"# only a comment\n", "p.yaml:1:1: the file is empty"},
      {"---\n", "p.yaml:1:1: the file is empty"},
      {"a: 1\n---\nb: 2\n", "p.yaml:2:1: a second document, expected one"},
      {"a:\n\tb: 1\n", "p.yaml:2:1: a tab in the indentation\n  hint: indent with spaces"},
      {"a:\n  \tfoo\n", "p.yaml:2:3: a tab in the indentation\n  hint: indent with spaces"},
      {"a: 1\n\tb: 2\n", "p.yaml:2:1: a tab in the indentation\n  hint: indent with spaces"},
      {"a:\n  - x\n\t- y\n", "p.yaml:3:1: a tab in the indentation\n  hint: indent with spaces"},
      {"a: 1\nb: 2\na: 3\n", "p.yaml:3:1: duplicate key \"a\", first at line 1"},
      {"{a: 1, \"a\": 2}", "p.yaml:1:8: duplicate key \"a\", first at line 1"},
      {"a:\n  b: 1\n   c: 2\n",
       "p.yaml:3:5: unexpected \":\"\n  hint: indent the line as the other keys of its mapping"},
      {"a:\n    b: 1\n  c: 2\n", "p.yaml:3:3: wrong indentation: the line fits no mapping above it"},
      {"- a\nb: 1\n", "p.yaml:2:1: wrong indentation: this belongs to nothing above it"},
      {"a: x: y\n", "p.yaml:1:5: a second \":\" in one line\n  hint: quote a text that holds \": \""},
      {"é: ü: y\n", "p.yaml:1:5: a second \":\" in one line\n  hint: quote a text that holds \": \""},
      {"a: - b\n", "p.yaml:1:4: unexpected \"-\"\n  hint: begin the list on a line of its own"},
      {"a: [1, 2\nb: 3\n", "p.yaml:2:2: expected \",\" or \"]\" of the list, opened at line 1"},
      {"[1, 2\n", "p.yaml:2:1: expected \",\" or \"]\" of the list, opened at line 1"},
      {"{a: 1\n", "p.yaml:2:1: expected \",\" or \"}\" of the mapping, opened at line 1"},
      {"a: [[1, 2]\n", "p.yaml:2:1: expected \",\" or \"]\" of the list, opened at line 1"},
      {"a:\n  - {b: 1\n", "p.yaml:3:1: expected \",\" or \"}\" of the mapping, opened at line 2"},
      {"a: {b: c}}\n", "p.yaml:1:10: unexpected \"}\""},
      {"a: @x\n", "p.yaml:1:4: a text cannot begin with \"@\"\n  hint: quote it"},
      {"a: \"x\nb: 1\n", "p.yaml:1:4: the quote \" is never closed"},
      {"a: &n 'it''s\n", "p.yaml:1:4: the quote ' is never closed"},
      {"a: [\"x]\n", "p.yaml:1:5: the quote \" is never closed"},
      {"a: \"\\q\"\n", "p.yaml:1:7: unknown escape \"\\q\"\n  hint: write a backslash as \\\\, or use single quotes"},
      {"a: b\nc\n", "p.yaml:2:1: expected \":\" after the key \"c\""},
      {"? [a]\n: b\n", "p.yaml:1:3: a key must be a string, found a list"},
      {"<<: {a: 1}\n", "p.yaml:1:1: merge keys (<<) are not part of YAML 1.2: write the values out"},
      {"a: !!int 3\n", "p.yaml:1:4: the tag tag:yaml.org,2002:int has no meaning here"},
      {"a: *b\n",
       "p.yaml:1:4: this alias names nothing that stands before it\n  hint: quote a text that begins with \"*\""},
      {"a: &x [*x]\n", "p.yaml:1:8: this alias stands inside of what it names"},
      {"a: \"\\0\"\n", "p.yaml:1:4: a NUL character, expected text"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(error_of(c.text) == c.error);
  }
}

TEST_CASE("only UTF-8 text without control characters is read") {
  CHECK(error_of("a: ok\nb: gr\xFC\xDF\n") == "p.yaml:2:6: not UTF-8: byte 0xFC\n  hint: save the file as UTF-8");
  CHECK(error_of(std::string("\xFF\xFE"
                             "a\0",
                             4)) == "p.yaml:1:1: not UTF-8: byte 0xFF\n  hint: save the file as UTF-8");
  CHECK(error_of("a: \xED\xA0\x80\n") == "p.yaml:1:4: not UTF-8: byte 0xED\n  hint: save the file as UTF-8");
  CHECK(error_of(std::string("a: b\nc\0: d", 10)) == "p.yaml:2:2: a control character (0x00), expected text");
  // yaml-cpp would take this for the end of the text and drop what follows.
  CHECK(error_of("a: b\n\x04\nc: d\n") == "p.yaml:2:1: a control character (0x04), expected text");
}

TEST_CASE("sizes are bounded") {
  CHECK(error_of("a: " + std::string(1 << 20, 'x')) == "p.yaml: too large: 1048579 bytes, at most 1048576 (1 MiB)");
  CHECK(error_of(repeat("[", 65) + repeat("]", 65)) == "p.yaml:1:65: nested too deeply: over 64 levels");
  CHECK(error_of(repeat("[", 200000) + repeat("]", 200000)) == "p.yaml:1:65: nested too deeply: over 64 levels");
  CHECK(error_of(repeat("- ", 5000) + "x") == "p.yaml:1:129: nested too deeply: over 64 levels");
  CHECK(error_of(repeat("? ", 5000) + "x") == "p.yaml:1:129: nested too deeply: over 64 levels");
  CHECK(error_of("[" + repeat("x,", 200000) + "]") ==
        "p.yaml:1:200000: too large: over 100000 values or 4 MiB once the aliases are expanded");
}

TEST_CASE("an alias bomb is refused while it is small") {
  std::string wide = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i)
    wide += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" +
            repeat("*a" + std::to_string(i - 1) + ", ", 9) + "*a" + std::to_string(i - 1) + "]\n";
  CHECK(error_of(wide) == "p.yaml:5:40: too large: over 100000 values or 4 MiB once the aliases are expanded");

  std::string deep = "a0: &a0 [x]\n";
  for (int i = 1; i < 80; ++i)
    deep += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  CHECK(error_of(deep) == "p.yaml:64:12: nested too deeply: over 64 levels");

  const std::string heavy = "a: &a " + std::string(500000, 'x') + "\nb: [" + repeat("*a,", 10000) + "]\n";
  CHECK(error_of(heavy) == "p.yaml:2:11: too large: over 100000 values or 4 MiB once the aliases are expanded");
}
