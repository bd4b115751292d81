"""The texts of --set, --set-string and --set-literal: every mark where it belongs and where it does not, into maps that hold something already."""

import itertools
import random

from cases._make import case

MODES = ("set", "set-string", "set-literal")
KEYS = ["a", "b", "a.b", "a.b.c", "m.x", "l", "l[0]", "l[1].k", "l[2]", "l[5]", "l[0][1]", "a[0]", "a[1]", "a[0].b", "a[0].b[1]", "a[0][0]", "s", "s.x", "s[0]", "nul", "nul.x", "nul[0]", "n.x", "n[0]", "m[0]", "l.x", "lm[0].k",
        "lm[0].n.x", "lm[1].k[0]", r"a\.b", r"a\,b", r"a\=b", r"a\[0\]", r"a\\b", r"\a", "a.", ".a", ".", "a..b", "", " ", " a", "a ", "a b", "é", "a[", "a]", "a[]", "a[x]", "a[-1]", "a[01]", "a[ 1]", "a[1 ]", "a[+1]", "a[1", "a[65536]",
        "a[65537]", "a[99999999999999999999]", "a[0]b", "a[0].", "a[0]..b", "[0]", "[0].a", "a[0x1]", "a[1_0]", "{a}", "a{", '"a"', "a.b[0].c.d", "m.y", "m", "a/b", "kubernetes.io/x", r"kubernetes\.io/x", "true", "0", "null", "a\nb", "a\tb", "a[0][0].x", "a[2][1]"]
VALUES = ["1", "0", "-1", "+1", "01", "007", "0x1F", "0b1", "0o7", "1_000", "1.5", "1e3", "1.0", ".5", "true", "false", "True", "TRUE", "yes", "no", "on", "null", "Null", "NULL", "~", "", " ", "x", " x", "x ", "x y", "9223372036854775807", "9223372036854775808",
          "-9223372036854775808", "-0", "nan", "inf", '"q"', "'q'", "{}", "{a}", "{a,b}", "{1,true,null,x}", "{a, b}", "{ a,b }", "{a,}", "{,a}", "{,}", "{{a}}", "{a,{b,c}}", "{a", "a}", "}", "{", "{a}b", "{a}x,b=1", "{a,b},c=2", "{a,b}.c", r"{a\,b,c}", r"{a\}b}", r"\{a\}",
          r"a\,b", r"a\=b", r"a\.b", "a=b", "a==b", "=", "a.b", "a[0]", r"\\", "\\", r"\n", "x\\", "a\nb", "é✓", "http://x/?a=b&c=d", "-", "--", "tru", "nul", "nulll", "0.0", "1.", "1e", "{a=b}", "{a=b,c=d}", "[1,2]", '{"a":1}', "1,", ",", ",,", "$(x)", "{null}", "{true}", "{0,00}"]
DATA = {"s": "text", "n": 7, "nul": None, "l": [1, "two", {"k": "v"}], "m": {"x": 1, "y": {"z": None}}, "lm": [{"k": 1}, {"k": [1, 2]}, None], "e": {}}
MARKS = ["a", "b", "m", "l", "s", "=", "=", "=", ",", ",", ".", ".", "[0]", "[1]", "[", "]", "{", "}", "{a,b}", "\\", "\\,", "\\.", "1", "true", "null", " ", '"', "x y", "0", "-", "é", "[2].k", "lm[0]"]


def cases(seed):
    rolled = random.Random(seed)
    for key, value in itertools.product(KEYS, VALUES):
        yield case(f"{key}={value}", MODES[0], "int", rolled.choice([DATA, {}, None]))
        if rolled.random() < 0.25:
            yield case(f"{key}={value}", rolled.choice(MODES[1:]), rolled.choice(["int", "float64"]), rolled.choice([DATA, {}]))
    for key, mode in itertools.product(KEYS, MODES):
        for form in ("%s", "%s,b=1", "%s,", "b=1,%s", "%s=1,%s=2", "%s=,b=1", "%s={},b=1", "%s=null", "b.c=1,%s=x,b.d=2"):
            yield case(form.replace("%s", key), mode, "float64", DATA)
    for _ in range(6000):
        pairs = [f"{rolled.choice(KEYS)}={rolled.choice(VALUES)}" for _ in range(rolled.randint(2, 4))]
        yield case(",".join(pairs), rolled.choice(MODES), rolled.choice(["int", "float64"]), rolled.choice([DATA, DATA, {}]))
    for _ in range(6000):
        yield case("".join(rolled.choice(MARKS) for _ in range(rolled.randint(2, 12))), rolled.choice(MODES), "int", rolled.choice([DATA, {}]))
