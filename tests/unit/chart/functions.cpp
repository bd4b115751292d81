#include "chart/functions/functions.hpp"

#include <doctest/doctest.h>

#include "chart/render/engine.hpp"

using namespace gpuctl::chart;

namespace {

/// What an action gives, or the end of its error.
std::string eval(const std::string& action) {
  Surroundings world;
  world.now = [] { return std::chrono::system_clock::time_point(std::chrono::seconds(1700000000)); };
  world.random = [](std::span<unsigned char> bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(17 * i + 3);
  };
  // Always an hour and a half ahead of UTC, as XST.
  std::string zone = "TZif";
  zone.resize(36);
  zone += std::string("\0\0\0\1\0\0\0\4\0\0\x15\x18\0\0XST\0", 18);
  world.zone = [&](const std::string& name) { return name == "Some/Where" ? std::optional(zone) : std::nullopt; };
  TemplateSet set(helm_functions());
  RenderEngine engine(set, world, false);
  std::string out;
  try {
    set.add("t", "{{ " + action + " }}");
    set.execute("t", Value(), engine, out);
  } catch (const TemplateError& error) {
    const std::string said = error.what();
    return said.substr(said.rfind("error calling "));
  }
  return out;
}

}  // namespace

TEST_CASE("texts") {
  CHECK(eval("trunc -2 \"abc\"") == "bc");
  CHECK(eval("\"HTTPServer2xx\" | snakecase") == "http_server_2xx");
  CHECK(eval("\"some_words here\" | camelcase") == "SomeWordsHere");
  CHECK(eval("nindent 2 \"a\\nb\"") == "\n  a\n  b");
  CHECK(eval("substr 2 9 \"abc\"") == "c");
  CHECK(eval("wrapWith 3 \"|\" \"abcdef gh\"") == "abc|def|gh");
  CHECK(eval("repeat -1 \"x\"") == "error calling repeat: strings: negative Repeat count");
}

TEST_CASE("lists and maps") {
  CHECK(eval("first nil") == "error calling first: runtime error: invalid memory address or nil pointer dereference");
  CHECK(eval("append \"x\" 1") == "error calling append: Cannot push on type string");
  CHECK(eval("uniq (list 1 1 1.0 \"a\" \"a\")") == "[1 1 a]");
  CHECK(eval("toJson (rest (list))") == "null");
  // Slices share what they were cut from: copied, these would take gigabytes.
  CHECK(eval("$l := until 20000 }}{{ $d := dict }}{{ range $l }}{{ $_ := set $d (toString .) (slice $l . (add1 .)) }}"
             "{{ end }}{{ len $d }}{{ slice (get $d \"7\") 0 3") == "20000[7 8 9]");
  CHECK(eval("merge (dict \"a\" 0 \"b\" (dict \"c\" 1)) (dict \"a\" 5 \"b\" (dict \"c\" 2 \"d\" 3))") ==
        "map[a:5 b:map[c:1 d:3]]");
  CHECK(eval("mergeOverwrite (dict \"a\" 1) (dict \"a\" \"\")") == "map[a:]");
  CHECK(eval("merge (dict \"a\" (split \",\" \"x\")) (dict \"a\" (dict \"k\" 1))") ==
        "error calling merge: reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string");
  CHECK(eval("mustMerge (dict \"a\" (semver \"1.2.3\")) (dict \"a\" (dict \"k\" 1))") ==
        "error calling mustMerge: src and dst must be of same type");
  CHECK(eval("merge (dict \"a\" (semver \"1.2.3\")) (dict \"a\" (dict \"k\" 1)) | quote") == "\"\"");
  CHECK(eval("deepCopy (semver \"1.2.3\")") == "0.0.0");
  CHECK(eval("dig \"a\" \"b\" \"none\" (dict \"a\" (dict))") == "none");
  CHECK(eval("dig \"a\" \"b\" \"none\" (dict \"a\" 1)") ==
        "error calling dig: interface conversion: interface {} is int, not map[string]interface {}");
}

TEST_CASE("numbers") {
  CHECK(eval("add \"0x10\" 1.9 true") == "18");
  CHECK(eval("addf 0.1 0.2") == "0.3");
  CHECK(eval("divf 1 3") == "0.3333333333333333");
  CHECK(eval("div 1 0") == "error calling div: runtime error: integer divide by zero");
  CHECK(eval("round 3.14159 2") == "3.14");
  CHECK(eval("seq 1 2 7") == "1 3 5 7");
  CHECK(eval("int \"1.50\"") == "0");
  CHECK(eval("int \"1.00\"") == "1");
}

TEST_CASE("zones") {
  CHECK(eval("dateInZone \"2006-01-02T15:04:05Z07:00 MST\" 0 \"Some/Where\"") == "1970-01-01T01:30:00+01:30 XST");
  CHECK(eval("dateInZone \"15:04 MST\" 0 \"No/Where\"") == "00:00 UTC");
  CHECK(eval("htmlDateInZone -3600 \"Some/Where\"") == "1970-01-01");
}

TEST_CASE("regular expressions and versions") {
  CHECK(eval("regexFind \"[^,]+\" \",a\\xff\\xfeb,\" | printf \"%q\"") == "\"a\\xff\\xfeb\"");
  CHECK(eval("regexReplaceAll \"\\\\x{fffd}(.)\" \"a\\xffb\" \"<$1>\"") == "a<b>");
  CHECK(eval("regexSplit \",\" \"\\xff,\\xfe\" -1 | printf \"%q\"") == "[\"\\xff\" \"\\xfe\"]");
  CHECK(eval("regexReplaceAll \"a(x*)b\" \"-ab-axxb-\" \"${1}W\"") == "-W-xxW-");
  CHECK(eval("regexFind \"(\" \"x\"") ==
        "error calling regexFind: regexp: Compile(`(`): error parsing regexp: missing closing ): `(`");
  CHECK(eval("regexSplit \"z+\" \"pizza\" -1") == "[pi a]");
  CHECK(eval("semverCompare \">=1.19-0 <1.30-0\" \"1.28.3-gke.100\"") == "true");
  CHECK(eval("semverCompare \"^1.2\" \"1.3.0-rc.1\"") == "false");
  CHECK(eval("semver \"x\"") == "error calling semver: invalid semantic version");
}

TEST_CASE("times") {
  CHECK(eval("date \"2006-01-02 15:04:05 Mon\" now") == "2023-11-14 22:13:20 Tue");
  CHECK(eval("(toDate \"2006-01-02\" \"2024-02-29\") | dateModify \"24h\" | htmlDate") == "2024-03-01");
  CHECK(eval("durationRound \"2h10m5s\"") == "2h");
  CHECK(eval("duration \"95\"") == "1m35s");
}

TEST_CASE("sums and secrets") {
  CHECK(eval("sha256sum \"\"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(eval("derivePassword 1 \"long\" \"password\" \"user\" \"example.com\"") == "ZedaFaxcZaso9*");
  CHECK(eval("decryptAES \"key\" (encryptAES \"key\" \"text\")") == "text");
  CHECK(eval("htpasswd \"me\" \"secret\"").starts_with("me:$2a$10$"));
  CHECK(eval("$ca := genCA \"ca\" 10 }}{{ $c := genSignedCert \"host\" (list \"10.0.0.1\") (list \"host.ns\") 5 $ca }}"
             "{{ regexFind \"BEGIN [A-Z]+\" $c.Cert }} {{ regexFind \"BEGIN [A-Z ]+\" $c.Key")  //
        == "BEGIN CERTIFICATE BEGIN RSA PRIVATE KEY");
  CHECK(eval("b64dec \"a\"") == "illegal base64 data at input byte 0");
}

TEST_CASE("a map that came to hold itself is freed with its rendering") {
  const auto gone_after = [](const std::string& action) {
    const Surroundings nowhere;
    const TemplateSet set = [&] {
      TemplateSet made(helm_functions());
      made.add("t", "{{ $made := dict \"k\" (dict) }}{{ $_ := " + action + " }}");
      return made;
    }();
    auto map = std::make_shared<Map>();
    const std::weak_ptr<Map> watched = map;
    {
      RenderEngine engine(set, nowhere, false);
      Value data(std::move(map));
      std::string out;
      set.execute("t", data, engine, out);
    }
    return watched.expired();
  };
  CHECK(gone_after("set . \"self\" ."));
  CHECK(gone_after("set . \"all\" (list 1 (list .))"));
  CHECK(gone_after("set $made.k \"up\" (set . \"down\" $made)"));
  CHECK(gone_after("merge . (dict \"self\" .)"));
  CHECK(gone_after("set . \"two\" (dict \"x\" (set $made \"y\" .) \"z\" .)"));
}
