"""printf: verbs, flags, widths and precisions over every kind that a template has."""

import itertools

from cases._make import case

VALUES = [
    "1", "0", "-42", "65", "1114112", "0x1f600", "9223372036854775807", "1.5", "0.0", "-0.25", "1e21", "1e20", "123456789.0",
    "1e-7", "0.1", "100000.0", "1000000.0", "2.5e300", "true", "false", "nil", '""', '"abc"', '"héé✓日本"', '"a\\"b\\n`"',
    '"a b<"', "`x\\y`", '"\\xff\\x00z"', ".l", ".m", ".el", ".em", ".ls", ".nul", ".missing", ".m.b", ".f", ".n", "'x'",
    '(index "abc" 1)', "(len .l)", ".uni",
]
VERBS = "v+v#vTdsqxXoObcUeEfFgGtpw"
WIDTHS = ["", "5", "12", ".0", ".1", ".3", "8.2", "0", "05", "012", "-8", "-012", "+", "+8", " ", " 6", "#", "#10", "+.3", "#.3", "# ", "#+", "-#12.2", "020.5", "+q"]
ODD = [
    "%", "%%", "%d%", "%!", "% d", "%5%", "%-5%|", "%z", "%5z", "%é", "%.d", "%5.d", "%.f", "%5", "%5.", "%.", "%+", "%#",
    "%[1]d", "%[2]d", "%[3]d", "%[0]d", "%[-1]d", "%[x]d", "%[]d", "%[1]", "%[1", "%[", "%[2]d %[1]d", "%[2]d %d", "%d %[1]d",
    "%[1]*d", "%[1]*[2]d", "%[2]*[1]d", "%*d", "%-*d", "%*", "%.*d", "%*.*d", "%[1]2d", "%[1].2d", "%2[1]d", "%.[1]d", "%.[2]*[1]f",
    "%.2[1]d", "%[1]d %d %d", "%99999d", "%.99999d", "%10000001d", "%d %s", "%s %d %v", "a%db%sc", "%1$d", "%\x01", "%d\n",
]
ARGUMENTS = ["", "1", "1 2", "1 2 3", '"a"', '"a" "b"', "3 1.5", "-6 1", "10 4 3.14159", "nil", "1 nil", "nil nil", "true 1", '"x" 1 2.5', ".m", ".l .m",
             "1000001 1", "-1000001 1", "1.5 2"]


def cases(_):
    for value in VALUES:
        for verb in ["v", "+v", "#v", *VERBS[5:]]:
            if verb == "p" and value.startswith("."):
                continue  # an address
            for width in WIDTHS:
                if (verb in ("+v", "#v", "T", "t", "w") and width not in ("", "5", "-8", ".3", "#", "12")) or width == "+q":
                    continue
                yield case('{{ printf "[%%%s%s]" %s }}' % (width, verb, value))
    for form, arguments in itertools.product(ODD, ARGUMENTS):
        yield case('{{ printf %s %s }}' % (quoted(form), arguments))
    for form in ("%s", "%d", "%v", "%q", "%x", "%T", "%t", "%f", "%#v", "%+v"):
        for value in (".l", ".m", ".ls", ".el", ".em", ".m.list", ".s", ".n", ".f", ".nul"):
            yield case('{{ printf "%s" %s }}' % (form, value), "helm", "float64")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\x01", "\\x01") + '"'
