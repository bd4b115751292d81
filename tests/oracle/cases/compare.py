"""Comparisons, truth, index and len over pairs of kinds. (slice is Sprig's.)"""

import itertools

from cases._make import case

VALUES = ["1", "0", "-1", "1.0", "1.5", '"1"', '"a"', '""', "true", "false", "nil", "'a'", ".n", ".f", ".s", ".t", ".nul", ".missing", ".l", ".el", ".m", ".em",
          "(index \"abc\" 0)", "97", "(len .s)", ".m.b", ".ls", ".uni", "1e300"]
INDEXES = ["0", "1", "-1", "2", "3", "7", "6", "8", "100", '"a"', '"b"', '"none"', "nil", "1.0", "true", ".n", ".nul", ".l", "'a'", "(index \"\\x01\" 0)"]


def cases(_):
    for function in ("eq", "ne", "lt", "le", "gt", "ge", "and", "or"):
        for one, other in itertools.product(VALUES, VALUES):
            yield case("{{ %s %s %s }}" % (function, one, other))
        for one in VALUES:
            yield case("{{ %s %s }}" % (function, one))
            yield case("{{ %s | %s 1 }}" % (one, function))
            yield case("{{ %s 1 2 %s }}" % (function, one))
            yield case("{{ %s %s %s }}" % (function, one, one), "helm", "float64")
        yield case("{{ %s }}" % function)
    for value in VALUES:
        yield case("{{ not %s }}" % value)
        yield case("{{ %s | not | not }}" % value)
        yield case("{{ len %s }}" % value)
        yield case("{{ index %s }}" % value)
        for one in INDEXES:
            yield case("{{ index %s %s }}" % (value, one))
    for value in (".s", ".l", ".ls", ".m", ".uni", ".m.b"):
        for one, other in itertools.product(INDEXES, INDEXES):
            yield case("{{ index %s %s %s }}" % (value, one, other))
    for value in VALUES:
        for rest in ("", "1", ".s", "nil", "1 2"):
            yield case("{{ call %s %s }}" % (value, rest))
        yield case("{{ %s | call }}" % value)
        yield case("{{ %s | call .s }}" % value)
    for function in ("and", "or"):
        for three in itertools.product(("1", "0", '""', "nil", ".nul", ".missing", ".m.x", ".l"), repeat=3):
            yield case("{{ %s %s %s %s | printf \"%%v\" }}" % (function, *three))
        yield case("{{ %s 0 (index .l 100) }}" % function)
        yield case("{{ %s 1 (index .l 100) }}" % function)
