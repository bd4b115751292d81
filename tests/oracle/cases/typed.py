"""Collections and objects of Go's narrower types in what takes anything: printed, compared, ranged over, indexed, and put in each other."""

import random

from cases._make import DATA, case

HELD = [
    '(splitList "," "a,b")', '(until 3)', '(split "," "a,b")', '(splitn "," 2 "a,b,c")', '(seq 3)',
    '(toStrings (list 1 nil 2.5))', '(chunk 2 (list 1 2 3))', '(semver "1.2.3-a+b")',
    '(toDate "2006-01-02" "2024-02-29")', '((toDate "2006-01-02" "2024-02-29").Month)', '(sortAlpha (list "b" "a"))',
    '(regexFindAll "a." "ab ac" -1)', '(regexSplit "," "a,b" -1)', '(keys .m | sortAlpha)', '(values .em)',
    '(pluck "a" .m .m)', '(dict)', '(dict "a" (dict "b" (list 1)))', '(list)', '(list 1 "a" nil 2.5 true)',
    '(list (list))', '(tuple 1 2)', '(initial (list 1 2))', '(reverse (until 2))', '(uniq (splitList "" "aab"))',
    '(untilStep 0 6 2)', '(int64 3)', '(int 3)', '(add 1 2)', '(float64 3)', '(div 7 2)', '(len .ls)',
    '(index "abc" 1)', '(urlParse "http://u:p@h/x?q#f")', '(fromJson "{\\"a\\":[1,{}]}")', '(fromJson "[1]")',
    '(mustFromJson "null")', '(deepCopy .l)', '(set (dict) "k" 1)', '(merge (dict "a" 1) (dict "b" 2))',
    '(without (list 1 2) 1)', '(slice (list 1 2 3) 1)', '(concat (list) (until 2))', '(prepend (until 1) "x")',
    '(append (splitList "," "a") 1)', '(first .l)', '(last .l)', '(omit .m "a")', '(pick .m "a")', '(get .m "zz")',
    '(default nil nil)', '(coalesce nil 0 "")', '(ternary 1 "b" true)', '.l', '.m', '.nul', '.missing',
    '(index .l 6)', '(not 1)', '(eq 1 1)', '(and nil 1)', '(or nil "")', '(print nil)', '(printf "%d" "x")', '"a"',
    '1', '2.5', 'nil', "'x'", '(compact (list 0 1 ""))', '(dig "a" 0 .m)', '(htmlDate 0)', '(duration 90)',
    '(ceil 1.2)', '(round 1.55 1)', '(toDecimal 17)', '(atoi "x")', '(list "x" | first)', '(semver "1.2.3").Major',
    '(splitList "," "")', '(chunk 1 (list))', '(max 1 2)', '(b64dec "!")', '(list nil)',
    '(list 1 (list 2 (dict "k" nil)))',
]
USES = [
    'printf "%v" {a}', 'printf "%+v" {a}', 'printf "%#v" {a}', 'printf "%T" {a}', 'printf "%d" {a}',
    'printf "%s" {a}', 'printf "%q" {a}', 'printf "%x" {a}', 'printf "%5v|" {a}', 'printf "%-8v|" {a}',
    'printf "%.2f" {a}', 'printf "%t" {a}', 'printf "%05d" {a}', 'printf "%v %v" {a} {b}',
    'printf "%[2]v %[1]T" {a} {b}', 'printf "%s-%d" {a} {b}', 'print {a} {b}', 'println {a}', 'eq {a} {b}',
    'ne {a} {b}', 'lt {a} {b}', 'and {a} {b}', 'or {a} {b}', 'not {a}', 'len {a}', 'index {a} 0', 'index {a} "a"',
    'index {a} 1 0', 'kindOf {a}', 'typeOf {a}', 'kindIs "slice" {a}', 'typeIs "[]string" {a}',
    'typeIsLike "[]int" {a}', 'deepEqual {a} {b}', 'toJson {a}', 'toPrettyJson {a}', 'toRawJson {a}', 'toString {a}',
    'toStrings {a}', 'quote {a}', 'squote {a}', 'join "-" {a}', 'has {b} {a}', 'first {a}', 'last {a}', 'rest {a}',
    'initial {a}', 'reverse {a}', 'uniq {a}', 'compact {a}', 'append {a} {b}', 'prepend {a} {b}', 'concat {a} {b}',
    'without {a} {b}', 'slice {a} 1', 'chunk 2 {a}', 'sortAlpha {a}', 'list {a} {b}', 'dict "k" {a}', 'empty {a}',
    'default {a} {b}', 'coalesce {a} {b}', 'ternary {a} {b} true', 'int {a}', 'int64 {a}', 'float64 {a}',
    'add {a} {b}', 'max {a} {b}', 'sub {a} {b}', 'mul {a} {b}', 'keys {a} | sortAlpha',
    'values {a} | toStrings | sortAlpha', 'get {a} "a"', 'hasKey {a} "a"', 'pick {a} "a"', 'omit {a} "a"',
    'merge (dict) {a}', 'mergeOverwrite (dict "a" 1) {a}', 'deepCopy {a}', 'cat {a} {b}', 'html {a}', 'js {a}',
    'urlquery {a}', 'set {a} "k" {b}', 'dig "a" "d" {a}', 'pluck "a" {a} {b}', 'until {a}', 'trunc {a} "abc"',
    'upper {a}', 'trim {a}', 'contains {a} {b}', 'repeat {a} "x"', 'indent {a} "x"', 'ternary 1 2 {a}',
    'toDecimal {a}', 'floor {a}', 'round {a} 1', 'mod {a} {b}', 'biggest {a} {b}', 'all {a} {b}', 'any {a} {b}',
    'plural "one" "many" {a}', 'join {b} {a}', 'splitList "," {a}', 'tuple {a}', 'call {a}',
    '{a} | len | printf "%d"', '({a}).a', '({a}).a.b', '({a}).Nope', '{a}', 'toYaml {a}', 'toToml {a}',
    'toYamlPretty {a}', 'fromYaml (toYaml {a})', 'required "m" {a}', 'tpl "{{ . }}" {a}',
]
BLOCKS = [
    '{{ range {a} }}[{{ . }}]{{ else }}E{{ end }}', '{{ range $i, $e := {a} }}{{ $i }}={{ $e }};{{ end }}',
    '{{ with {a} }}W{{ . }}{{ else }}E{{ end }}', '{{ if {a} }}T{{ else }}F{{ end }}',
    '{{ range {a} }}{{ range . }}({{ . }}){{ end }}{{ end }}', '{{ with {a} }}{{ .a }}{{ end }}',
    '{{ $x := {a} }}{{ if eq (kindOf $x) "slice" }}{{ range $x }}{{ kindOf . }},{{ end }}{{ end }}{{ $x }}',
    '{{ range $k := {a} }}{{ if $k }}{{ continue }}{{ end }}{{ break }}{{ end }}',
    '{{ define "t" }}{{ . }}|{{ $ }}{{ end }}{{ template "t" {a} }}', '{{ block "b" {a} }}{{ len . }}{{ end }}',
    '{{ if and {a} {b} }}1{{ else if or {a} {b} }}2{{ end }}',
    '{{- with {a} -}} {{- with {b} -}} {{ . }} {{- else -}} x {{- end -}} {{- else with {b} -}} {{ . }} {{- end -}}',
]
OF_HELM = ("toYaml", "toToml", "toYamlPretty", "fromYaml", "required", "tpl ")


PLAIN = [held for held in HELD if "semver" not in held and "toDate" not in held and "keys" not in held]
OBJECTS = ("(semver ", "(toDate ", "(duration ")


def cases(seed):
    rolled = random.Random(seed)
    for use in USES + BLOCKS:
        for held in HELD:
            if any(name in held for name in OBJECTS) and ("printf" in use or "range" in use):
                continue  # what is inside an object
            inside = use.replace("{a}", held).replace("{b}", rolled.choice(PLAIN))
            template = inside if use in BLOCKS else "{{ %s }}" % inside
            yield case(template, "helm" if any(name in use for name in OF_HELM) else rolled.choice(["go", "go", "helm"]), rolled.choice(["int", "float64"]), DATA)
