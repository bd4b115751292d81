"""Markers that trim, comments, and delimiters where they should not be."""

import itertools
import random

from cases._make import case

PIECES = ["{{", "{{-", "{{- ", "{{ -", "}}", "-}}", " -}}", "- }}", "/*", "*/", "/* c */", "{{/* c */}}", "{{- /* c */ -}}", "{{/*c*/ -}}", "{{- /*c*/}}", " ", "\n", "\t", "\r\n", "x", "1",
          "-1", ".n", '"a"', "{{ .n }}", "{{- .n -}}", "{{-1}}", "{{- 1}}", "{{1-}}", "{{1 -}}", "{{\n.n\n}}", "{{-\n.n\n-}}", "{", "}", "{{{", "}}}", "{{if .t}}", "{{- if .t -}}", "{{end}}", "{{- end -}}",
          "{{/*", "*/}}", "{{- /* a\nb */ -}}", "{{range .ls -}}", "{{-  .n  -}}", "{{\t-1}}", "é", "\u00a0", "\f"]
BORDERS = ["{{ .n }}", "{{- .n }}", "{{ .n -}}", "{{- .n -}}", "{{/* c */}}", "{{- /* c */}}", "{{/* c */ -}}", "{{- /* c */ -}}", "{{if .t}}", "{{- if .t}}", "{{if .t -}}", "{{end}}", "{{- end -}}"]
TEXTS = ["", " ", "\n", " \n ", "x", " x ", "\n x\n\n y \n", "\t\r\n", "\u00a0 ", " - "]


def cases(seed):
    for one, text, other in itertools.product(BORDERS, TEXTS, BORDERS):
        yield case(text + one + text + other + text)
        yield case("{{if .t}}" + text + one + text + "{{end}}" + other + text, "helm")
    for one, other in itertools.product(PIECES, PIECES):
        yield case(one + other)
    rolled = random.Random(seed)
    for _ in range(4000):
        yield case("".join(rolled.choice(PIECES) for _ in range(rolled.randint(3, 9))))
