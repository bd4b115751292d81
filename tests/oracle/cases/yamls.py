"""YAML in and out: scalars in every place that one can stand, documents put together at random, and texts that must be quoted."""

import itertools
import random
import re

from cases._make import case

SCALARS = ["x", "a?b", "a:", "http://x/y?z=1", "!a,b c", "1", "-1", "+1", "0", "-0", "00", "01", "08", "0777", "0o17", "0O17", "0x1F", "0X1f", "0b101", "0B1", "-0x1", "-0b1", "-0o7", "-017", "1_000", "_1", "1_", "0x_1", "1__0", "1.5", "1.", ".5", "-.5", "+.5", "1e3", "1E3", "1e+3", "1e-3", "1.5e3", "1e", "e1", ".e1",
           "1_0.5_0", "1.0", "1.10", "0.1", "0.0", "-0.0", "00.5", "1e400", "1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "1e20", "1e21", "123456789012345678901",
           "9007199254740993", "1000000", "10000000", "1.0e6", "1e06", "0.000001", "0.0000001", ".inf", ".Inf", ".INF", "-.inf", "+.inf", ".nan", ".NaN", ".NAN", ".nAn", "inf", "nan", "NaN", "Infinity", "true", "True", "TRUE", "tRue", "false", "False", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF",
           "y", "Y", "n", "N", "t", "f", "null", "Null", "NULL", "nUll", "~", "", "2020-01-01", "2020-1-1", "2020-01-01T00:00:00Z", "2020-01-01 10:00:00", "2020-01-01t1:00:00.5+02:00", "12:30", "12:30:45", "1:2", "190:20:30", "0:0", "1.2.3", "v1", "a:b", "a: b", "a #b", "a#b", "#a", "@a", "`a", "%a", "&a", "&a x", "*a", "!a", "!a x", "!!str 1",
           "!!int 1", "!!int 1.5", "!!float 1", "!!bool yes", "!!bool x", "!!null x", "!!null", "!!binary aGk=", "!!binary !!!", "!!timestamp 2020-01-01", "!!map {}", "!!seq []", "!!set {a}", "!!str", "!!float x", "! 1", "!<tag:yaml.org,2002:str> 1", "|", ">", "-", "- a", "?", "? a", ":", ": a", ",", "a,b", "a, b", "[", "]", "{", "}", "[]", "{}", "[a]", "{a: b}", "{a}", "{a, b}", "[a, ]", "[, a]", "[a b]", "{a: }", "{: a}", "{a:1}",
           '"a:1"', '{"a":1}', "{'a':1}", "[a: b]", "[a: b, c]", "[? a]", "'x'", '"x"', "'it''s'", "'a\\n'", '"a\\nb"', '"\\x41"', '"\\u00e9"', '"\\U0001F600"', '"\\q"', '"\\/"', '"\\e\\0\\a\\b\\v\\f\\r\\t\\_\\L\\P"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\', '"\\u12"', "'x", '"x', "'x'y", '"x"y', "'x' #c", "x # c", "x y", " x", "x ", "é", "日本", "\U0001f600", "\u00a0", "\u2028", "\x01", "\x7f", "\x85", "\ufeff", "a\tb", "\t", "a\t", "<<", "=", "{{ x }}", "{{x}}", "a\\b", "a'b", 'a"b', "--- a", "...", "a...", "-a", "--", "---", "?a", ":a", "a:", "a::b", "0x", "0b", "0o", "1,000", "1 000", "$1", "1%", "+", ".", "..", "-.", "+-1", "1-", "1:", "<", ">a", "|a", "http://x/y", "a/b", "=a", "!"]
PLACES = ["%s", "a: %s", "- %s", "a:\n  b: %s\n  c: 1", "%s: 1", "? %s\n: 1", "[%s]", "{a: %s}", "{%s: a}", "- - %s", "a: [1, %s, 2]", "a: &x %s\nb: *x", "a:\n- %s\n- x: %s", "--- %s", "a: %s\n...\n", "a: %s\na: 2"]
DOCUMENTS = ["[[, a], \"\\/\"]", "a: \"\\/\"\nb: \"\\ud83d\"", "- \"\\/\"\n- {", "a:\n  \"\\/\": [\n", "\"x\\/\": *a\n", "~: {1: a, x: b, true: c, 1.5: d, 9223372036854775807: e, 18446744073709551615: f, false: g, -3: h, .nan: i, .inf: j, 2: k, a: l, ~: n, 2020-01-01: o, !!binary aGk=: p, '1': q}",
             "~: [1, x, true, 1.5, 18446744073709551615, .nan, -.inf, 1e3, ~, 2020-01-01, '1', 1.0, [], {}, 1e30]", "~: 18446744073709551615", "~: .nan", "x: &a {b: 1, 2: 3}\n~: {<<: *a, b: 7, c: *a}",
             "? {a: 1, 2: b}\n: c", "? [~, 1, {true: 2}]\n: c", "~: {a: 1, b: 2, a: 3}", "a: {~: 1}\na: 2", "a: {b: {~: 1}}\na: {b: 2}", "~: 1\n~: 2", "a: {~: 1, b: 2}\nc: 3\na: [x]", "a: {~: 1}\na: {~: 2}", "~: {~: {a: b}}", "a: {~: {~: b}}", "a: {18446744073709551615: 1}\na: 1", "a: |\n  x\n   y\n\n  z\n", "a: |-\n  x\n\n", "a: |+\n  x\n\n\nb: 1", "a: >\n  x\n  y\n\n  z\n   w\n  v\n", "a: >-\n  x\n  y\n", "a: >+\n  x\n\n", "a: |2\n    x\n  y\n", "a: |1\n x\n", "a: |9\n x\n", "a: |0\n x", "a: |-2\n   x\n", "a: | # c\n  x\n", "a: |x\n  x\n", "a: |\nb: 1", "a: |\n\tx\n", "a: >\n\n  x\n", "|\n x\n",
             "a: 'x\n  y\n\n  z'", 'a: "x\n  y\\\n  z"', "a: x\n  y\n\n  z", "a: x\n y: z", "a:\n  b\n  c", "a:\n- b\n- c", "a:\n  - b\n c: d", " a: 1\nb: 2", "a: 1\n b: 2", "- a\n - b", "-a: 1", "- a: 1\n  b: 2\n-  c: 3\n   d: 4", "- a: 1\n b: 2", "-\n  a: 1", "- -\n  - a", "a: - b", "a: b: c", "a: [b\nc]", "a: [b,\n  c]", "a: {b: 1,\n c: 2}", "a: {b: 1\n", "[a, [b, {c: d}]]",
             "a: &x 1\nb: *x\nc: *y", "a: &x\n  b: 1\nc:\n  <<: *x\n  d: 2", "c:\n  <<: {a: 1, b: 2}\n  b: 3", "c:\n  b: 3\n  <<: {a: 1, b: 2}", "c:\n  <<: [{a: 1}, {a: 2, b: 3}]", "c:\n  <<: 1", "c:\n  <<: [1]", "c:\n  <<: ~", "c:\n  <<: [[{a: 1}]]", "a: &a {b: *a}", "&a [*a]", "a: &a\n  <<: *a", "&x a: 1\nb: *x", "*x : 1", "&x a: *x", "a: &x\nb: *x", "a: & x", "a: &é x\nb: *é", "a: *", "a: &x &y 1", "<<: {a: 1}\nb: 2", "<<: {a: 1}\n<<: {b: 2}\nc: 3",
             "a: 1\n---\nb: 2", "---\n---\na: 1", "---\na: 1\n...\n---\nb: 2", "%YAML 1.1\n---\na: 1", "%YAML 1.2\n---\na: 1", "%YAML 2.0\n---\na: 1", "%YAML 1.1\na: 1", "%TAG ! tag:x,2000:\n---\na: !y 1", "%FOO x\n---\na: 1", "...", "---", "--- |\n x", "# c\n", "\n\n", "a: 1 # c\n# d\n", "a:\n  # c\n  b: 1", "a: 1\r\nb: 2\r\n", "a: 1\rb: 2", "\ta: 1", "a:\t1", "a: 1\t", "a:\n\t b: 1", "- \ta", "? a\n? b\n", "? [a, b]\n: c", "? {a: b}\n: c", "? |\n  x\n: y", "{[a]: b}", "{? a : b}", "a: 1\nA: 2\na: 3", "true: a\ntrue: b", "null: a", "~: a\nb: 1", ": a", "[]: a", "a: [{b: c, d: [e]}, f]\n", "a: \u2028b", "a: x\u0085y", "\ufeffa: 1", "a: \ufeffx",
             "- !!map\n  a: 1", "!!omap [a: 1]", "!x {a: 1}", "a: !!str\n  b: 1", "a: !!seq {}", "a: !!map []", "a: !!int [1]", "!!str a: 1", "a: !!str yes\nb: !!str 0777\nc: !!str ~", "!!bool yes: 1", "a: 1\nb", "a\n", "a\nb: 1", "a b: 1", "\"a b\": 1", "'a': 1", "a : 1", "a  :  1", "\"a\":1", "{\"a\":1}", "[1,2,]", "[,]", "{,}", "{a: 1,,}", "[a]]", "{a}}", "}", "a: ]", "a: 'b' c", "a: \"b\" c", "a: 'b': c", "a: [b]: c", "a: !<x> b", "a: !<x b", "a: !a!b c", "x" * 1100 + ": 1", "? " + "x" * 1100 + "\n: 1", "a: " + "b " * 60]
# Within brackets the port of libyaml in Go takes other things for keys, scalars and tags than libyaml.
FLOWS = ["x:\n- a: 1\n[]", "x:\n- a: 1\n  []\n", "x:\n  - a: 1\n  []\ny: 1", "a: 1\n[]\n", "a: 1\n{}\nb: 2", "a:\n  b: 1\n{}\nc: 1", "- a\n- b\n[ ]", "a:\n[]\nb: 1", "a:\n{}\n", "x:\n  - a:\n    []\n    b: 1", "[]\na: 1",
         "[[]: a]", "[{}: a]", "[x, []: a]", "{b: 1, []: a}", "a:\n- []: x", "- a: 1\n  []: 2", "a: {{}: 1}", "{a: 1, {}: 2}", "? []\n: x", "&a []: 1",
         "!!seq []: 1", "{: a}: 1", "[? a]: 1", "a:\n  [? a]: 1", "[? a, b]: 1", "{? a : b}: c", "[ ]: x", "{\n}: x", "[]: {}: 1", "[[]]: 1", "[{}]: 1", "{a: }: 1",
         "[] : 1", "[]: [1]\nb: 1", "a: []: 1", "- []: 1\n- 2", "- - []: 1", "a: &x\n  []: 1\n", "{}: {}", "{}:", "- {}:", "a:\n  {}:\n", "a:\n  []:\n  b: 1",
         "a: {: a}", "{: a}", "{: a, b: c}", "[: a]", "{ : }", "a: {:}", "{:}", "{a:, b:}", "{a:,b:}", "[a:, b:]", "a: {b:}", "a: {b:, c: d}", "a: {\"b\":}",
         "{\"a\":}", "{\"a\":, b: 1}", "b: [!x, y]", "b: !x,y z", "b: !x[1] z", "b: [!x[1] z]", "b: {!x: y}", "b: {!!str a: c}", "b: {!!str, a: c}", "[!x , y]",
         "- !a,b\n- c", "a: !,\nb: 1", "a: [&x, y]", "a: [&x !y, z]", "a: [*x]", "x: &a [!b, c]\ny: *a", "[a:{b: c}]", "[a:}", "{a:]", "[\"a\":[b]]", "[\"a\":b]",
         "['a':{b: c}]", "[a?: b]", "[a:?b]", "{a:?b}", "[http://x:[y]]", "[a::,b]", "{x: a:, y: b}", "{x: [a:], y: \"b:]\"}", "a: [b:]\nc: \"d:]\"\ne: 'f:,'\n",
         "# [a:]\na: [b:] # [c:]\n", "a: [b:]\nc: |\n  [d:]\n", "a:\ufeffb", "a: [\ufeffb]", "{}: a\n---\nb: 1", "{}: a\n- b", "[]:\n  a: 1\nb: 2", "[{}: 1, 2]",
         "[a, {}: 1]", "[[]: 1]: 2", "[a?b]", "[a? b]", "[a?,b]", "[a?]", "[a?:b]", "[?a]", "[? a]", "[a,?b]", "[http://x/y?z=1]", "a: [http://x/y?z=1, b]",
         "{a: b?}", "{a?: b}", "{a? b: c}", "[a:?]", "[a :?b]", "[a:b?c]", "[-?]", "[\"a\"?b]", "a: b?c", "a: ?b", "a: b ?c", "a?: b", "?a: b", "[a ?b]", "[a ? b]",
         "[?]", "{?}", "{? }", "[x?y:z]", "[x:?y]", "[x:?,y]", "[x:? y]", "{x:?y}", "a: [x:?y]", "[x::?y]", "[a:? b]", "a: {[], b: 1}", "a: {[]}", "a: {{}, x: y}",
         "a: {{} , x: y}", "a: {[] : 1}", "a: {[]\n: 1}", "a: [{}, []: 1]", "a: {x: {[]: 1}}", "a: {x: [], []: 2}", "<<: {[]", "- {[]: 1}", "a:\n  - {[]: 1}",
         "a: &x {[]: 1}", "a: [map[hosts:[h] secretName:t]]", "a: [map[x:1]]", "[a:[b]]", "[a:b]", "[a:]", "[a:,b]", "[a: b]", "{a:[b]}", "{a:b}", "[x:{y}]",
         "[map[hosts:[h] s:t]]", "a: [map[host:h.example.com paths:[/]]]", "- subPath: [map[a:b c:[d]]]\n  x: 1", "a:\n  b: [m[h:[h] s:t]]\n"]
TEXTS = ["", " ", "  x", "x  ", "\n", "\n\n", "a\n", "a\n\n", "a\nb", "a\nb\n", "a\n\nb\n", "\na", "\n\na\n", " a\nb", "a\n b", "  a\n b\n", "a \nb", "a\n \nb", "a\tb", "\ta", "a\t", "\ta\nb", "a\r\nb", "a\rb", "a\r", "x" * 100, "word " * 30, "word " * 30 + "\n", "a: b", "a:", ":a", ": a", "a:b", "a #b", "a# b", "#a", " #a", "- a", "-a", "-", "--", "---", "--- a", "---a", "...", "... a", "? a", "?a", "?", "!a", "&a", "*a", "|", "|a", ">", ">a", "%a", "@a", "`a`", "'a'", '"a"', "it's", 'a"b', "{a}", "{a", "a}", "[a]", "[a", "a]", "a,b", ",a", "a, b", "=", "<<", "~", "null", "Null", "NULL", "true", "True", "yes", "Yes", "y", "Y", "n", "N", "no", "on", "off", "OFF", "1", "-1", "+1", "01", "0777", "08", "0o7", "0x1F", "0x", "0b1", "0b2", "1_000", "1.5", "1.", ".5", "1e3", "1e", "1.5e3", "1e400", ".inf", "-.inf", ".nan", "NaN", "inf", "12:30", "12:30:45", "1:60", "190:20:30", "1:2:3", "1:20.5", "2020-01-01", "2020-01-01T00:00:00Z", "2020-1-1", "2020-01-01 1:2:3", "20-01-01", "é", "日本", "\U0001f600", "\u00a0", "a\u00a0b", "\u2028", "a\u2028b", "\x85", "a\x85b", "\ufeff", "a\ufeff", "\x00", "\x01", "\x7f", "\x1b[0m", "\ufffe", "\ue000", "\u200b", "\\", "a\\b", "\\n", "$x", "${x}", "{{ x }}", "{{x}}\n", "a/b", "http://x:80/y?z=1#f", "a=b", "a&b", "a*b", "a|b", "a>b", "a%b", "a@b", "a`b", "a!b", "a?b", "a;b", "<a>", "(a)", "0", "-0", "00", "-", "+", ".", "..", "-.", "0.", "1,5", "1 2", "1a", "a1", "9223372036854775808", "18446744073709551616", "0b", "_1", "1_", "0_1", "1__0", "0x_f", "+.5", "-.5", "1e+3", "0.0", "1:", "x: |\n  y\n", "#\n", "-\n", "key: value\nother: [1, 2]\n", "a\n#b\n", "a\n- b\n", "\n #a", " \n", "\n ", "a\n\n\n", "\n\n\n", "  \n  a\n", "a\n\tb\n", "trailing \n", "a: \"b\"", "a\u2029", "t", "f", "T", "F"]
SHOWS = ("{{ fromYaml .y | toJson }}", "{{ fromYamlArray .y | toJson }}", "{{ fromYaml .y | toYaml }}", "{{ range $k, $v := fromYaml .y }}{{ $k }}={{ kindOf $v }} {{ $v }};{{ end }}")
OUTS = ("{{ toYaml .v }}", "{{ toYaml (dict \"k\" .v \"l\" (list .v (dict \"m\" .v))) }}", "{{ dict .t 1 | toYaml }}", "{{ list (list .v) (dict .t (list)) | toYamlPretty }}", "{{ toJson .v }}{{ toRawJson .v }}{{ toPrettyJson .v }}", "{{ .v | toYaml | fromYamlArray }}{{ dict \"a\" .v | toYaml | fromYaml | toJson }}", "{{ .v | quote }}{{ .v | squote }}{{ .v | toYaml | quote }}", "a:{{ .v | toYaml | nindent 4 }}", "{{ dict \"a\" .v | toToml }}")


# Where libyaml and the port of it in Go are known to part: a tag in angle brackets before a comma; and how far is read for a key
# in brackets that is none, which decides what is complained of where more than that is wrong.
PARTING = re.compile(r"!<[^>]*>,|[\[{]\s*[:?]\s")


def author(rolled, depth):
    """Some value: maps and lists hold others."""
    kind = rolled.random()
    if depth <= 0 or kind < 0.5:
        return rolled.choice([rolled.choice(TEXTS), rolled.choice(TEXTS), rolled.randint(-5, 1000), rolled.random() * 10 ** rolled.randint(-9, 22), 1000000, 1e21, True, False, None])
    if kind < 0.75:
        return [author(rolled, depth - 1) for _ in range(rolled.randint(0, 3))]
    return {rolled.choice(TEXTS): author(rolled, depth - 1) for _ in range(rolled.randint(0, 4))}


def written(rolled, depth, indent):
    """A document put together of what YAML has, now and then wrongly."""
    kind = rolled.random()
    pad = " " * indent
    if depth <= 0 or kind < 0.35:
        return rolled.choice(SCALARS).replace("\n", "\n" + pad)
    inside = [written(rolled, depth - 1, indent + 2) for _ in range(rolled.randint(1, 3))]
    if kind < 0.6:
        return "\n" + "\n".join(f"{pad}- {one.lstrip() if rolled.random() < 0.5 else one}" for one in inside)
    if kind < 0.92:
        return "\n" + "\n".join(f"{pad}{rolled.choice(['a', 'b', 'c', rolled.choice(SCALARS)])}: {one}" for one in inside)
    return "[" + ", ".join(inside) + "]"


def cases(seed):
    return (one for one in every(seed) if not PARTING.search(one["data"].get("y", "")))


def every(seed):
    rolled = random.Random(seed)
    for scalar, place in itertools.product(SCALARS, PLACES):
        yield case(rolled.choice(SHOWS[:3]), "helm", "float64", {"y": place.replace("%s", scalar)})
    for document, show in itertools.product(DOCUMENTS + FLOWS, SHOWS):
        yield case(show, "helm", "float64", {"y": document})
    for text, out in itertools.product(TEXTS, OUTS):
        yield case(out, "helm", rolled.choice(["int", "float64"]), {"v": text, "t": text})
    for _ in range(6000):
        yield case(rolled.choice(OUTS), "helm", rolled.choice(["int", "float64"]), {"v": author(rolled, 3), "t": rolled.choice(TEXTS)})
    for _ in range(6000):
        yield case(rolled.choice(SHOWS), "helm", "float64", {"y": written(rolled, 3, 0).lstrip("\n")})
