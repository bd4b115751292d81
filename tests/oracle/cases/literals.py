"""Numbers, characters and strings as they are written, and what prints them."""

import itertools

from cases._make import both, case

NUMBERS = """0 1 -1 +1 00 007 08 0o17 0O17 0b101 0B2 0x1F 0Xff 0x 0b 0o 1_000 1__0 _1 1_ 0x_1f 0_7 0b_1 1e3 1E3 1e+3 1e-3 1e 1.e2 .5 5. . 1.5.2
0x1p4 0x1.8p1 0x1p-2 0x1 0x.8p0 1p4 1e400 -1e400 1e-400 4.9e-324 1e308 9223372036854775807 9223372036854775808 -9223372036854775808
-9223372036854775809 18446744073709551615 18446744073709551616 1e19 1e18 9007199254740993 9007199254740993.0 123456789012345678901 0.1 0.3 100.0 1e6
1e20 1e21 1.0 2.50 3.14159265358979 1i 1+2i 1-2.5i 0i 1.5i 1+ 1+2 +-1 --1 1x 0xg 1a 1_000.5 1_e3 1e1_0 0x1_0p1 0x1.p1 012.5 09.5 0e0 -0 -0.0 +0 +.5 -.5
0xFFFFFFFFFFFFFFFF 0xFFFFFFFFFFFFFFFFF 0777 0o777 0b1111 1e3i 017i 0x1i inf nan Inf 1.7976931348623157e308 1.7976931348623159e308 5e-324 2e-324""".split()
CHARACTERS = ["'a'", "'é'", "'日'", r"'\n'", r"'\''", r"'\"'", r"'\x41'", r"'\u00e9'", r"'\U0001F600'", r"'\101'", r"'\400'", r"'\ud800'", "''", "'ab'", r"'\z'",
              r"'\\'", "'\\", "'", r"'\xzz'", r"'\u12'", "'\"'", r"'\0'", r"'\a'"]
STRINGS = [r'"a"', r'"a\tb"', r'"\x41\u00e9\U0001F600\101"', r'"\z"', r'"\'"', r'"\""', '"', '"a', r'"a\"', "`raw\\n`", "`a\nb`", "`a", '"\n"', r'"\ud800"', r'"\xff"', '"é"',
           '"%d"', r'"\400"', '"}}"', '"{{"', "`}}`", r'"\\"', '"\t"']
OTHERS = ["true", "false", "nil", ".", "$", "$.n", ".n", ".s", ".nul", ".missing", ".m", ".l", ".m.b.c", ".m.b.d", ".m.x.y", "(.m).b", "((.m).b).c", "(nil)", "(1)", "(print 1)"]


def cases(_):
    for literal in NUMBERS + CHARACTERS + STRINGS + OTHERS:
        yield from both("{{ %s }}" % literal)
        for function in ("print", "println", "printf \"%v %T\" 1", "len", "not", "html", "js", "urlquery", "eq 1", "index .l", "and 1", "or 0"):
            yield case("{{ %s %s }}" % (function, literal))
        yield case("{{ %s | print }}" % literal)
        yield case("{{ %s | printf \"%%v\" }}" % literal)
        yield case("{{ $x := %s }}{{ $x }}{{ print $x }}" % literal)
        yield case("{{ if %s }}T{{ else }}F{{ end }}" % literal)
        yield case("{{ with %s }}{{ . }}{{ else }}F{{ end }}" % literal)
        if len(literal) < 5:
            yield case("{{ range %s }}[{{ . }}]{{ else }}E{{ end }}" % literal)
    for one, other in itertools.product(OTHERS, OTHERS):
        yield case("{{ print %s %s }}" % (one, other))
        yield case("{{ println %s %s }}" % (one, other))
    for text in ("<a href=\"x\">'&</a>", "a b+c/d?e=f&g", "é✓\\u2028\\x00\\x7f", "\\xff\\n\\t", "日本\\U0001F600\\u00a0", "=<>\\\\", ""):
        for function in ("html", "js", "urlquery", "len", "print", "printf \"%q\"", "printf \"%+q\"", "printf \"%#q\"", "printf \"%x\""):
            yield case('{{ %s "%s" }}' % (function, text.replace('"', '\\"')))
