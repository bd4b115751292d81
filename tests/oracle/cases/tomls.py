"""TOML in and out."""

import itertools
import random

from cases._make import case

VALUES = ["1", "-1", "+1", "0", "01", "1_000", "1__0", "_1", "1_", "0x1F", "0xff_ff", "0o17", "0b101", "0xg", "-0x1", "1.5", "1.", ".5", "1e3", "1E+3", "1e", "1_0.5_0", "1.5e-3", "-0.0", "inf", "+inf", "-inf", "nan", "9223372036854775807", "9223372036854775808", "1e400", "true", "false", "True", "TRUE", "null", "yes", '"a"', "'a'", '"a\\tb"', '"\\u00e9"', '"\\U0001F600"', '"\\x41"', '"\\e"', '"\\z"', '"\\ud800"', '"a', "'a", '"a\nb"', '"""a\nb"""', '"""\na"""', '"""a\\\n  b"""', "'''a\nb'''", "'''\na'''", '""""a""""', '"""a""b"""', "'''a''b'''", '""', "''", '""""""', "[]", "[1]", "[1, 2]", "[1, 2,]", "[1,,2]", "[,]", '[1, "a"]', "[1, 2.0]", "[[1], [2]]", "[1\n,\n2 # c\n]", "[1", "[1 2]", "{}", "{a = 1}", "{a = 1, b = 2}", "{a = 1,}", "{a.b = 1}", "{a = {b = 1}}", "{a = 1\n}", "{a}", "{a = 1 b = 2}", "{a = 1, a = 2}", "2020-01-01", "2020-01-01T10:00:00Z", "2020-01-01 10:00:00", "2020-01-01T10:00:00.123456+02:00", "10:00:00", "10:00:00.5", "10:00", "2020-1-1", "2020-13-01", "2020-02-30", "25:00:00", "2020-01-01T", "2020-01-01t10:00:00z", "", "a", "#", "1 # c", "1 2", "[{a = 1}, {b = 2}]", "[{a = 1}, 2]"]
KEYS = ["a", "a.b", '"a"', "'a'", '"a b"', '"a.b"', "a . b", "1", "1.2", "-", "_", "é", "a b", "", ".a", "a.", "a..b", '""', "''", "a-b_c", '"\\u00e9"', '"""a"""', "a=b", "true", "inf"]
TABLES = ["[a]", "[a.b]", "[[a]]", "[[a.b]]", "[ a ]", "[a . b]", '["a b"]', "[]", "[[]]", "[a", "[[a]", "[a]]", "[a] b = 1", "[a] # c", "[.a]", "[a.]", "[a..b]", "[[a]]\n[a]", "[a]\n[a]", "[a.b]\n[a]", "[a]\n[[a]]", "[é]", "[1]", "[a\n]", "x = 1\n[x]", "x = [1]\n[[x]]", "[x.y]\n[x]\ny = 1", "[[x]]\n[x.y]\n[[x]]\n[x.y]", "x.y = 1\n[x]", "x = {y = 1}\n[x.z]", "x = {y = 1}\nx.z = 2", "[x]\ny.z = 1\n[x.y]", "[[x]]\n[[x.y]]\na = 1\n[[x.y]]\na = 2"]
TEXTS = ["a", "", "a b", "a\"b", "a\\b", "a\nb", "a\tb", "é", "\x01", "\x7f", "'", "a.b", "1", "true", "日本", "\U0001f600", "\r", "\x08\x0c"]
SHOWS = ("{{ fromToml .y | toJson }}", "{{ fromToml .y | toToml }}", "{{ fromToml .y | toYaml }}", "{{ range $k, $v := fromToml .y }}{{ $k }}={{ typeOf $v }} {{ $v }};{{ end }}", "{{ mustToToml (fromToml .y) }}")


def held(rolled, depth):
    kind = rolled.random()
    if depth <= 0 or kind < 0.5:
        return rolled.choice([rolled.choice(TEXTS), rolled.randint(-5, 5000), 1.5, 1e21, 1e-9, 1000000, True, False, rolled.choice([None, "n"]), 2.0])
    if kind < 0.75:
        return [held(rolled, depth - 1) for _ in range(rolled.randint(0, 3))]
    return {rolled.choice(TEXTS + ["x", "y", "z"]): held(rolled, depth - 1) for _ in range(rolled.randint(0, 4))}


def document(rolled):
    lines = []
    for _ in range(rolled.randint(1, 5)):
        lines.append(rolled.choice(TABLES) if rolled.random() < 0.3 else f"{rolled.choice(KEYS[:7] + ['b', 'c', 'd'])} = {rolled.choice(VALUES)}")
    return rolled.choice(["\n", "\n", "\n\n", "\r\n"]).join(lines)


def cases(seed):
    rolled = random.Random(seed)
    for value, show in itertools.product(VALUES, SHOWS[:4]):
        yield case(show, "helm", "float64", {"y": "a = " + value})
    for key, table in itertools.product(KEYS, [""] + TABLES):
        yield case(rolled.choice(SHOWS[:4]), "helm", "float64", {"y": f"{table}\n{key} = 1\n".lstrip("\n")})
    for _ in range(4000):
        yield case(rolled.choice(SHOWS), "helm", "float64", {"y": document(rolled)})
    for _ in range(4000):
        yield case(rolled.choice(["{{ toToml .v }}", "{{ toToml .v | fromToml | toJson }}", "{{ dict \"k\" .v | toToml }}", "{{ toToml (dict \"a\" (list .v)) }}"]), "helm", rolled.choice(["int", "float64"]), {"v": held(rolled, 3)})
