"""Actions that steer: if, with, range, define, block, template, break and continue, variables and their scopes."""

import itertools

from cases._make import both, case

CONDITIONS = [".t", ".u", ".n", ".zero", ".e", ".s", ".l", ".el", ".m", ".em", ".nul", ".missing", ".m.b.c", "not .t", "$x := .s", "eq .n 7", ".f"]
RANGES = [".l", ".el", ".ls", ".m", ".em", ".nul", ".missing", "3", "0", "-2", ".n", ".s", ".f", ".t", ".m.b", ".m.list", "nil", "'b'", "(index \"\\x02\" 0)"]
DECLARED = ["", "$x := ", "$i, $x := ", "$x = ", "$i, $x = ", "$i, $x, $y := ", "$i, $i := ", "$, $x := ", "$i , $x := "]

WHOLE = r"""
{{ break }}
{{ continue }}
{{ range .l }}{{ if eq . "two" }}{{ break }}{{ end }}{{ . }}{{ end }}
{{ range $i, $e := .ls }}{{ if eq $i 1 }}{{ continue }}{{ end }}{{ $e }}{{ end }}
{{ range .ls }}{{ range $.ls }}{{ if eq . "b" }}{{ break }}{{ end }}{{ . }}{{ end }}|{{ end }}
{{ range .ls }}{{ range $.el }}{{ else }}{{ break }}{{ end }}{{ . }}{{ end }}
{{ range .ls }}{{ range $.el }}{{ else }}{{ continue }}{{ end }}{{ . }}{{ end }}
{{ range .ls }}{{ with . }}{{ if eq . "b" }}{{ continue }}{{ end }}{{ . }}{{ end }},{{ end }}
{{ range .el }}{{ break }}{{ else }}{{ break }}{{ end }}
{{ range .ls }}{{ template "t" . }}{{ end }}{{ define "t" }}{{ break }}{{ end }}
{{ range .ls }}{{ define "t" }}x{{ end }}{{ end }}
{{ range .ls }}{{ block "t" . }}{{ break }}{{ end }}{{ end }}
{{ range .ls }}{{ block "t" . }}[{{ . }}]{{ end }}{{ end }}
{{ define "a" }}A{{ template "b" . }}{{ end }}{{ define "b" }}B{{ . }}{{ end }}{{ template "a" .s }}
{{ define "a" }}1{{ end }}{{ define "a" }}2{{ end }}{{ template "a" }}
{{ define "a" }}1{{ end }}{{ define "a" }} {{ end }}{{ template "a" }}
{{ define "a" }} {{ end }}{{ define "a" }}2{{ end }}{{ template "a" }}
{{ define "a" }}{{ end }}[{{ template "a" }}]
{{ define "eval" }}x{{ end }}
{{ define "eval" }}x{{ end }}y
{{ define "eval" }} {{ end }}y
y{{ define "eval" }}x{{ end }}
{{ template "eval" }}
{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" }}
{{ template "none" }}
{{ template "none" .n }}
{{ template .s }}
{{ template `raw` }}{{ define `raw` }}R{{ end }}
{{ template "a" 1 2 }}{{ define "a" }}{{ . }}{{ end }}
{{ template "a" (print 1 2) }}{{ define "a" }}{{ . }}{{ end }}
{{ template "a" $x := 1 }}{{ $x }}{{ define "a" }}{{ . }}{{ end }}
{{ template "a" . | len }}{{ define "a" }}{{ . }}{{ end }}
{{ define "a" }}{{ $ }}{{ . }}{{ end }}{{ template "a" .n }}{{ template "a" }}
{{ define "a" }}{{ .x.y }}{{ end }}{{ template "a" .n }}
{{ define "a" }}{{ $x }}{{ end }}{{ $x := 1 }}{{ template "a" }}
{{ define "a" }}
{{ define a }}{{ end }}
{{ define }}{{ end }}
{{ define "a" . }}{{ end }}
{{ define "a" }}{{ else }}{{ end }}
{{ define "a" }}{{ define "b" }}{{ end }}{{ end }}
{{ if .t }}{{ define "b" }}{{ end }}{{ end }}
{{ block "a" }}x{{ end }}
{{ block "a" . }}x
{{ block "a" . }}x{{ else }}y{{ end }}
{{ block "a" .m }}{{ .a }}{{ end }}{{ template "a" .m }}
{{ block "a" .m }}{{ .a }}{{ end }}{{ define "a" }}other{{ end }}
{{ block "" . }}e{{ end }}{{ template "" }}
{{ $x := 1 }}{{ if .t }}{{ $x := 2 }}{{ $x }}{{ end }}{{ $x }}
{{ $x := 1 }}{{ if .t }}{{ $x = 2 }}{{ $x }}{{ end }}{{ $x }}
{{ if .t }}{{ $x := 2 }}{{ end }}{{ $x }}
{{ $x = 1 }}
{{ $x }}
{{ $x := 1 }}{{ range .ls }}{{ $x }}{{ $x = . }}{{ end }}{{ $x }}
{{ $x := 1 }}{{ range $x := .ls }}{{ $x }}{{ end }}{{ $x }}
{{ $x := 1 }}{{ range $x = .ls }}{{ end }}{{ $x }}
{{ $i := 0 }}{{ $x := 1 }}{{ range $i, $x = .ls }}{{ end }}{{ $i }}{{ $x }}
{{ range $i, $e := .m }}{{ $i }}={{ $e }};{{ end }}
{{ range $e := .m }}{{ $e }};{{ end }}
{{ with $x := .s }}{{ $x }}{{ . }}{{ end }}
{{ with .u }}a{{ else with .s }}{{ . }}{{ else }}c{{ end }}
{{ with .u }}a{{ else with .zero }}{{ . }}{{ else }}{{ .n }}{{ end }}
{{ with .u }}a{{ else if .s }}b{{ end }}
{{ if .u }}a{{ else with .s }}b{{ end }}
{{ if .u }}a{{ else if .zero }}b{{ else if .e }}c{{ else }}d{{ end }}
{{ if .u }}a{{ else }}b{{ else }}c{{ end }}
{{ range .el }}a{{ else range .l }}b{{ end }}
{{ range .el }}a{{ else if .t }}b{{ end }}{{ end }}
{{ if $x := .u }}{{ else }}{{ $x }}{{ end }}
{{ if $x, $y := .u }}{{ end }}
{{ with $x, $y := .u }}{{ end }}
{{ $x, $y := .u }}
{{ $x := $y := 1 }}
{{ $x := 1 | print 2 }}{{ $x }}
{{ ($x := 1) }}
{{ print ($x := 1) $x }}
{{ range $i, $x }}
{{ range $i, }}{{ end }}
{{ range $i }}{{ end }}
{{ $i := .ls }}{{ range $i }}{{ . }}{{ end }}
{{ $i := .ls }}{{ range $i, $e := $i }}{{ $i }}{{ $e }}{{ end }}
{{ range $i, $e := .ls | len }}{{ $e }}{{ end }}
{{ range .ls | len }}{{ . }}{{ end }}
{{ range $i, $e := 3 }}{{ end }}
{{ $.n }}{{ with .m }}{{ $.n }}{{ .a }}{{ end }}
{{ $ := 5 }}{{ $ }}
{{ $x := .m }}{{ $x.a }}{{ $x.b.c }}{{ $x.b.d }}{{ $x.none }}{{ $x.none.y }}
{{ $x := .m }}{{ ($x).a }}{{ ($x.b).c }}
{{ $x.a := 1 }}
{{ $ }}{{ $x := . }}{{ $x.n }}
{{ end }}
{{ else }}
{{ if }}x{{ end }}
{{ if .t }}x
{{ if .t }}x{{ else }}
{{ if .t end }}
{{ range }}{{ end }}
{{ with }}{{ end }}
{{ if .t }}{{ end }}{{ end }}
{{ if .t }}{{ end | print }}
{{ else .t }}
{{ if .t }}{{ else .u }}{{ end }}
{{ template }}
{{ template "a" }
{{ }}
{{ | }}
{{ .n | }}
{{ | print }}
{{ .n | .s }}
{{ .n | 1 }}
{{ .n | "x" }}
{{ .n | nil }}
{{ .n | true }}
{{ .n | . }}
{{ .n | $ }}
{{ .n | (print) }}
{{ .n | print | print 1 | printf "%v-%v" 2 }}
{{ 1 2 }}
{{ . 1 }}
{{ nil 1 }}
{{ "a" .n }}
{{ .n .s }}
{{ .m 1 }}
{{ .m.a 1 }}
{{ .none 1 }}
{{ $ 1 }}
{{ $.n 1 }}
{{ (1) 2 }}
{{ (print 1) 2 }}
{{ print (1 2) }}
{{ true 1 }}
{{ nofunc }}
{{ nofunc 1 }}
{{ print nofunc }}
{{ .l.x }}
{{ .s.x }}
{{ .n.x.y }}
{{ .t.x }}
{{ .nul.x }}
{{ .missing.x }}
{{ .missing.x.y.z }}
{{ .m.b.d.x }}
{{ (.missing).x }}
{{ ((.missing).x).y }}
{{ (index .l 3).x }}
{{ (index .l 6).k }}
{{ (index .l 6).k.z }}
{{ (print .s).x }}
{{ print.x }}
{{ 1.x }}
{{ "a".x }}
{{ nil.x }}
{{ true.x }}
{{ .. }}
{{ .a..b }}
{{ .a.5 }}
{{ .5a }}
{{ ..n }}
{{ ( }}
{{ ) }}
{{ (print 1 }}
{{ print 1) }}
{{ () }}
{{ (()) }}
{{ (.n)(.s) }}
{{ print (.n).s }}
{{ print(1) }}
{{ print -1 }}
{{ print - 1 }}
{{ print 1+1 }}
{{ print 1,2 }}
{{ .n, .s }}
{{ $x, := 1 }}
{{ a := 1 }}
{{ .n := 1 }}
{{ := 1 }}
{{ = 1 }}
{{ $x : 1 }}
{{ $x:=1 }}{{$x}}
{{ $x:= 1 }}{{ $x}}
{{ & }}
{{ .n & }}
{{ # }}
{{ é }}
{{ .é }}
{{ $é := 1 }}{{ $é }}
{{ "\u00e9" }}{{ ✓ }}
{{ .n✓ }}
{{ .n% }}
{{ print$x }}
{{ print"a" }}
{{ "a""b" }}
{{ "a"print }}
{{ 1"a" }}
{{ .n"a" }}
{{ .n.s"a" }}
{{ print `a``b` }}
{{ _ }}
{{ ._ }}
{{ $_ := 2 }}{{ $_ }}
{{ range $i, $_ := .ls }}{{ $i }}{{ end }}
{{ and }}
{{ not }}
{{ not 1 2 }}
{{ len }}
{{ len 1 2 }}
{{ index }}
{{ eq }}
{{ ne 1 }}
{{ ne 1 2 3 }}
{{ printf }}
{{ printf 1 }}
{{ printf .n }}
{{ printf nil }}
{{ printf .nul }}
{{ printf .missing }}
{{ .n | printf }}
{{ .n | printf "%d" }}
{{ "%d" | printf }}
{{ html }}
{{ print }}
{{ println }}
{{ urlquery }}
{{ js nil }}
{{ html nil .missing }}
""".strip("\n").split("\n")


def cases(_):
    for template in WHOLE:
        yield from both(template)
        yield case(template.replace(" }}", "}}").replace("{{ ", "{{"))
        yield case("a\n  " + template.replace("}}{{", "}}\n  {{") + "\n")
    for condition in CONDITIONS:
        for form in ("{{ if %s }}T{{ end }}", "{{ if %s }}T{{ else }}F{{ end }}", "{{ with %s }}{{ . }}{{ end }}", "{{ with %s }}{{ . }}{{ else }}{{ .n }}{{ end }}",
                     "{{ if .u }}0{{ else if %s }}T{{ else }}F{{ end }}", "{{ with .u }}0{{ else with %s }}{{ . }}{{ else }}{{ .n }}{{ end }}"):
            yield from both(form % condition)
    for over, declared in itertools.product(RANGES, DECLARED):
        shown = "".join("{{ %s }}," % name for name in ("$i", "$x") if name in declared)
        yield from both("{{ $i := 0 }}{{ $x := 0 }}{{ range %s%s }}[{{ . }}%s]{{ else }}E{{ end }}{{ $i }}{{ $x }}" % (declared, over, shown))
        yield case("{{ range %s%s }}[{{ . }}%s]{{ end }}" % (declared, over, shown), "helm", "float64")
