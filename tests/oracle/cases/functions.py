"""Each function over values of all kinds and over edge values of its own."""

import itertools
import random

DATA = {
    "n": 7, "neg": -3, "zero": 0, "big": 1e21, "f": 2.5, "small": 1e-7, "mega": 1000000, "s": "text", "e": "", "t": True, "u": False,
    "nul": None, "l": [1, "two", 3.5, None, True, [1, 2], {"k": "v"}], "el": [], "ls": ["a", "b", "c", "a", ""],
    "m": {"a": 1, "b": {"c": "deep", "d": None}, "list": [1, 2], "z": "", "f": False}, "em": {}, "uni": "héllo wörld ✓ 日本",
    "m2": {"a": 2, "b": {"c": "x", "e": 5}, "list": [3], "z": "filled", "f": True, "new": {"k": [1]}},
    "yaml": "a: 1\nb:\n  - x\n  - y: [1, 2]\nc: 'q'\n", "json": '{"a":[1,2.5,"x",null,true],"b":{"c":"<&>"}}',
    "long": "The quick brown fox jumps over the lazy dog and runs away from averyveryverylongwordindeed",
}

ANY = ['.n', '.neg', '.zero', '.big', '.f', '.s', '.e', '.t', '.u', '.nul', '.l', '.el', '.ls', '.m', '.em', '.uni', '3', '0', '-1', '2.5', '"12"',
       '"x"', 'true', 'nil', '(list 1 2)', '(list)', '(splitList "," "a,b,c")', '(until 3)', '(dict "k" "v")', '(split "," "a,b")', '(int64 5)',
       '(float64 2)', '.mega', '.small', '"0x1f"', '"1.50"', '"1_000"', '"-7"', '"true"', '(list nil 1 "" false)', '(chunk 2 (list 1 2 3))',
       '(semver "1.2.3")', '(initial (list))', '(fromJson "[]")', '(toStrings (list 1 nil "x"))', '"010"', '"1e3"', '.missing']
TEXTS = ['.s', '.e', '.uni', '"a b  c"', '"  pad  "', '"line\\none\\n"', '"héllo"', '"A-B_C d"', '"foo/bar"', '"x,y,,z"', '"\\""', '"\\t"', '.long',
         '"HTTPServer2xx"', '"snake_case_word"', '"kebab-case"', '"Title Case"', '"ALLCAPS"', '"camelCase"', '"123"', '"ß ŉ ǆ"', '"\\xff\\xfe"']
SOME_TEXTS = ['""', '"a"', '"text"', '"te"', '"xt"', '" "', '"b c"', '"/"', '","', '"é"', '.uni']
INTS = ['0', '1', '2', '3', '-1', '-3', '5', '10', '100', '.n', '(int .f)']
LISTS = ['.l', '.el', '.ls', '(list 3 1 2)', '(list)', '(list "b" "a" "b")', '(splitList "," "b,a,b")', '(until 4)', '(list nil nil)', '(list 0 1 false "")',
         '(chunk 2 (list 1 2 3))', '(list (list 1) (list 1) (dict "a" 1) (dict "a" 1))', '(list 1 1.0 (int64 1))']
NO_LISTS = ['.s', '.n', '.m', '.nul', 'nil', 'true', '(semver "1.0.0")']
MAPS = ['.m', '.em', '.m2', '(dict "a" 1 "b" (dict "c" 2))', '(dict)', '(dict "list" (list 9) "b" nil)', '(deepCopy .m2)']
KEYS = ['"a"', '"b"', '"missing"', '""', '"list"']
NUMBERS = ['.n', '.neg', '.zero', '.big', '.f', '0', '1', '7', '-7', '2.5', '-2.5', '"3"', '"3.7"', '"x"', '""', 'nil', 'true', '.mega', '(int64 9)', '1e10',
           '0.1', '0.2', '"0x10"', '"010"', '9223372036854775807', '.t', '.l', '"1e2"', '.small', '1e300']
REGEXES = ['"a"', '"[a-z]+"', '"^t"', '"x*"', '""', '"(a)(b)?"', '"("', '"[a"', '"a**"', '"\\\\d+"', '"(?P<n>\\\\w+) (?P<m>\\\\w+)"', '"(?i)TEXT"', '"a{2,1}"',
           '"\\\\"', '"[z-a]"', '"(?<y>t)"', '"\\\\pL+"', '"a|b|"', '")"', '"*"', '"(?=x)"', '"[[:alpha:]]+"', '"\\\\b"', '"a{1001}"', '"(?P<n"', '"[^,]*"', '","', '"\\\\Qa.b\\\\E"',
           '"\\\\8"', '"+"', '"(?z)"', '"[[:foo:]]"', '"\\\\pX"', '"(?P<n>a)(?P<n>b)"', '"(?P<1>a)"', '"x{2}{3}"', '"a++"']
VERSIONS = ['"1.2.3"', '"v1.2"', '"1"', '"1.2.3-rc.1"', '"1.2.3+b"', '"x"', '""', '"1.2.3-01"', '"01.2.3"', '"2.0.0"', '"0.2.3"', '"0.0.3"', '"1.3.0-alpha-2"',
            '"1.28.3-gke.100"', '"99999999999999999999.1"', '"1.2.3.4"', '"1.2.3-"', '" 1.2.3"', '"1.30.0"']
RANGES = ['">=1.2"', '"^1.2"', '"~1.2.3"', '"1.x"', '"*"', '">1.2.3"', '"<2"', '"!=1.2.3"', '">=1.0-0"', '"1.2 - 1.4"', '"^1 || ^2"', '">= 1.2, < 2.0"', '"=1.2.3"', '"~>1.2"',
          '"^0.2"', '"^0.0.3"', '"x"', '""', '">"', '"1.2.3"', '">=1.19-0 <1.30-0"', '"=>1.2"', '"=<1.2"', '"!=1.x"', '"<=1.2"', '">1.2"', '"~1"', '"^0"', '"1.2.x || >=2.0.0"',
          '"abc"', '">=1.2.3-beta"', '"1.2.3 - 2"', '"!=1.2.x"', '"~0"', '"^0.0"', '"v1.2.3"', '"||"', '"1.2.3,"', '">=1.21.0-0"']
YAMLS = ['.yaml', '""', '"a: 1"', '"[1, 2]"', '"- a\\n- b"', '"a: yes"', '"a: 0777"', '"a: 1_000"', '"a: 12:30:45"', '"a: 2020-01-01"', '"a: .inf"', '"~: 1"', '"a: *x"',
         '"a: &x {b: 1}\\nc: *x"', '"x: &x {b: 1}\\ny:\\n  <<: *x\\n  c: 2"', '"a: 1\\na: 2"', '"a: b: c"', '"a:\\n\\t- b"', '"{a: 1"', '"a: |\\n  x\\n  y\\n"', '"a: >\\n  x\\n  y\\n"', '"1: a"',
         '"true: a"', '"1.5: a"', '"a: 1e3"', '"a: 0x1F"', '"a: 0b11"', '"a: 0o17"', '"a: \\"\\\\u263a\\""', '"just text"', '"42"', '"null"', '"true"', '"---\\na: 1\\n---\\nb: 2"', '"a: !!str 1"',
         '"a: !!int \\"3\\""', '"a: !!int x"', '"a: !!float 3"', '"a: !!binary aGk="', '"a: !foo x"', '"? a\\n: b"', '"{{x}}: y"', '"{a: b}: c"', '"[a]: c"', '"a: [1, 2"', '"a: \'x"', '"a: @x"', '"%x"',
         '"a: 18446744073709551615"', '"a: 1.0"', '"a: -0"', '"a: ~"', '"a:"', '"- - 1\\n  - 2"', '"a: y\\nb: n\\nc: on\\nd: Off"', '"on: x"', '"a: +1"', '"a: 1."', '"a: .5"', '"a: \\"x\\\\ny\\""', '"a: b\\n c: d"',
         '"a\\nb: c"', '"- a\\nb: c"', '"a: &a [*a]"', '"<<: 1"', '"a: \\u0001"', '"key: [a, b]: c"', '"a: b  # c"', '"#x"', '"a: #b"', '"a: b#c"', '"a:b"', '"\\xff: 1"']
JSONS = ['.json', '""', '"{"', '"[1,2"', '"{\\"a\\":}"', '"{\\"a\\" 1}"', '"{a:1}"', '"[1,]"', '"nul"', '"tru"', '"1 2"', '"01"', '"-"', '"1."', '"1e"', '"\\"a"', '"\\"\\\\x\\""', '"\\"\\\\u12g4\\""', '"[1 2]"',
         '"{\\"a\\":1,}"', '"{\\"a\\":1 \\"b\\":2}"', '"null"', '"true"', '"3"', '"1e400"', '"\\"\\\\ud83d\\\\ude00\\""', '"\\"\\\\ud83d\\""', '"[]"', '"{}"', '" [ 1 , 2 ] "', '"{\\"a\\":1,\\"a\\":2}"', '"é"', '"\'"', '"\\t\\n"']
DURATIONS = ['"1h"', '"90m"', '"1.5h"', '"-2m"', '"x"', '""', '"1d"', '"100"', '"2h45m30s"', '"0"', '"1"', '"10ms"', '"5us"', '"3h0m1ns"', '"8760h"', '"-48h"', '"1h "', '"+1h"', '".5s"', '"1.s"']
URLS = ['"http://user:pw@host:8080/a/b?x=1&y=2#frag"', '"https://example.com"', '"/path/only"', '"mailto:a@b.c"', '""', '"host:80"', '"http://[::1]:80/x"', '"http://h/%zz"', '"//h/p"', '"http://h/a b?q=a b"',
        '"x:y:z"', '"http://a:b:c/"', '":x"', '"?q"', '"#f"', '"http://h?x#y z"', '"http://u@h"', '"http://h/%41%2f"', '"HTTP://Host/"', '"1http://x"', '"http://h:port/"', '"http://a b/"']
LAYOUTS = ['"2006-01-02"', '"02 Jan 06 15:04 MST"', '"Mon Jan _2 15:04:05 2006"', '"2006-01-02T15:04:05Z07:00"', '"3:04PM"', '"Monday, January 2"', '"06/1/2 03:4:5 pm"', '"__2 002"', '"15h04.000"', '""',
           '".999 ,000"', '"-0700 -07:00 -07 Z0700 Z07"', '"January Janet Mond Monday"', '"20060102150405"']
SECONDS = ['0', '1700000000', '(int64 1600000000)', '-1', '951782400', '68169600', '4102444800']

RESULT = '{{ $r := %s }}{{ printf "%%T" $r }}|{{ $r }}'
SHOWN = '{{ $r := %s }}{{ kindOf $r }}|{{ toJson $r }}'


def table():
    one_text = ("trim upper lower title untitle swapcase nospace initials camelcase snakecase kebabcase b64enc b32enc sha1sum sha256sum sha512sum adler32sum "
                "atoi regexQuoteMeta base dir clean ext isAbs osBase osDir osClean osExt osIsAbs toString").split()
    for name in one_text:
        yield name, [TEXTS + ANY[:12]]
    for name in ("base", "dir", "clean", "ext", "isAbs"):
        yield name, [['"/a/b/../c"', '"a//b/./c/"', '"../../x"', '"/.."', '"/"', '"."', '"a/.b"', '"x.tar.gz"', '"a.b/c"', '"//"', '"a/.."', '"./a"', '"a/b/"', '"/a/../../b"', '"..."']]
    for name in ("b64dec", "b32dec"):
        yield name, [['"aGVsbG8="', '"aGVsbG8"', '"a"', '"!!!"', '"aGVs\\nbG8="', '""', '"aGVsbG8=="', '"a==="', '"NBSWY3DP"', '"NBSWY3D="', '"NBSWY3DPEE======"', '"ME======"', '"me======"', '"YQ==YQ=="', '"YQ="', '"YR=="',
                      '"YQ==\\n"', '"YWI=x"', '"M======="', '"ME=====x"', '"AAAAAAA"']]
    for name in ("trimAll", "trimall", "trimPrefix", "trimSuffix", "contains", "hasPrefix", "hasSuffix", "splitList", "split"):
        yield name, [SOME_TEXTS, TEXTS]
    yield "replace", [SOME_TEXTS, ['"-"', '""', '"$1"'], TEXTS]
    yield "splitn", [SOME_TEXTS, INTS, TEXTS]
    for name in ("repeat", "indent", "nindent", "trunc", "abbrev", "wrap"):
        yield name, [INTS + ['20'], TEXTS]
    yield "abbrevboth", [INTS + ['6'], INTS + ['8', '20'], TEXTS]
    yield "wrapWith", [INTS, ['"\\n"', '""', '"--"'], TEXTS]
    yield "substr", [INTS, INTS, TEXTS]
    yield "plural", [['"one"'], ['"many"'], INTS]
    for name in ("quote", "squote", "cat", "list", "tuple", "coalesce", "all", "any"):
        yield name, [ANY]
        yield name, [ANY, ANY]
    yield "join", [['","', '""', '", "'], ANY + LISTS]
    yield "sortAlpha", [ANY + LISTS]
    for name in "typeOf kindOf toString toStrings int int64 float64 toDecimal empty toJson toYaml toPrettyJson toRawJson toYamlPretty mustToJson mustToPrettyJson mustToRawJson mustToYaml deepCopy mustDeepCopy add1 floor ceil".split():
        yield name, [ANY + LISTS + MAPS + NUMBERS]
    for name, targets in (("typeIs", ['"string"', '"int"', '"float64"', '"[]interface {}"', '"map[string]interface {}"', '"<nil>"']), ("kindIs", ['"string"', '"int"', '"map"', '"slice"', '"invalid"', '"bool"']), ("typeIsLike", ['"semver.Version"', '"int"', '"*semver.Version"'])):
        yield name, [targets, ANY]
    yield "deepEqual", [ANY, ANY]
    yield "default", [ANY, ANY]
    yield "ternary", [ANY[:6], ANY[:6], ['true', 'false', '.t', '.u', '.nul', '.s']]
    for name in ("first", "last", "rest", "initial", "reverse", "uniq", "compact", "mustFirst", "mustLast", "mustRest", "mustInitial", "mustReverse", "mustUniq", "mustCompact"):
        yield name, [LISTS + NO_LISTS]
    for name in ("append", "prepend", "push", "without", "mustAppend", "mustPrepend", "mustPush", "mustWithout"):
        yield name, [LISTS + NO_LISTS, ANY]
    for name in ("has", "mustHas"):
        yield name, [ANY, LISTS + NO_LISTS]
    for name in ("slice", "mustSlice"):
        yield name, [LISTS + NO_LISTS]
        yield name, [LISTS + NO_LISTS, NUMBERS[:12] + INTS]
        yield name, [LISTS, INTS, INTS]
    for name in ("chunk", "mustChunk"):
        yield name, [['1', '2', '3', '10', '0', '-1'], LISTS + NO_LISTS]
    yield "concat", [LISTS + NO_LISTS]
    yield "concat", [LISTS, LISTS + NO_LISTS]
    for name in ("get", "hasKey", "unset"):
        yield name, [MAPS + ['.s', 'nil', '(split "," "a")'], KEYS]
    yield "set", [['(deepCopy %s)' % m for m in MAPS], KEYS, ANY[:20]]
    yield "pluck", [KEYS, MAPS, MAPS]
    for name in ("pick", "omit"):
        yield name, [MAPS, KEYS, KEYS]
    for name in ("merge", "mergeOverwrite", "mustMerge", "mustMergeOverwrite"):
        yield name, [['(deepCopy %s)' % m for m in MAPS], MAPS]
        yield name, [['(deepCopy %s)' % m for m in MAPS], MAPS, MAPS]
        yield name, [['(dict "a" %s)' % v for v in ANY], ['(dict "a" %s)' % v for v in ANY]]
    yield "dict", [ANY, ANY[:5]]
    yield "dict", [KEYS, ANY, KEYS]
    yield "dig", [KEYS, ['"default"', 'nil', '3'], MAPS + ['.s', 'nil', '(split "," "a")']]
    yield "dig", [KEYS + ['1'], ['"c"', '"x"', '"d"'], ['"default"'], MAPS]
    yield "dig", [KEYS, MAPS]
    for name in ("add", "mul", "max", "min", "biggest", "addf", "subf", "mulf", "divf", "maxf", "minf", "sub", "div", "mod"):
        yield name, [NUMBERS, NUMBERS]
    for name in ("add", "mul", "max", "min", "addf", "subf", "mulf", "divf", "maxf", "minf"):
        yield name, [NUMBERS, NUMBERS, NUMBERS]
        yield name, [NUMBERS]
    yield "add1f", [NUMBERS]
    yield "round", [NUMBERS + ['3.14159', '2.675', '-1.5', '123.555555'], ['0', '1', '2', '3', '-1', '-2', '-3', '10', '15', '22', '23', '-100', '100', '308', '309', '-323', '-324', '5000']]
    yield "round", [NUMBERS, ['0', '2'], ['0.3', '0.9', '.f']]
    yield "until", [INTS]
    yield "untilStep", [INTS, INTS, INTS]
    yield "seq", [INTS]
    yield "seq", [INTS, INTS]
    yield "seq", [INTS, INTS, INTS]
    for name in ("regexMatch", "mustRegexMatch", "regexFind", "mustRegexFind"):
        yield name, [REGEXES, TEXTS]
    for name in ("regexFindAll", "mustRegexFindAll", "regexSplit", "mustRegexSplit"):
        yield name, [REGEXES, TEXTS, ['-1', '0', '1', '2']]
    for name in ("regexReplaceAll", "mustRegexReplaceAll", "regexReplaceAllLiteral", "mustRegexReplaceAllLiteral"):
        yield name, [REGEXES, TEXTS, ['"<$0>"', '"${1}x"', '"$1x"', '"$n-$m"', '"$$"', '"${n}"', '"$"', '"${"', '""', '"$x1"', '"\\\\1"', '"$01"']]
    yield "semver", [VERSIONS]
    yield "semverCompare", [RANGES, VERSIONS]
    for name in ("fromYaml", "fromYamlArray"):
        yield name, [YAMLS]
    for name in ("fromJson", "fromJsonArray", "mustFromJson"):
        yield name, [JSONS]
    for name in ("toYaml", "toYamlPretty", "toJson"):
        yield name, [['(fromYaml %s)' % y for y in YAMLS]]
    yield "urlParse", [URLS]
    yield "urlJoin", [['(urlParse %s)' % u for u in URLS] + ['(dict "scheme" "http" "host" "h" "path" "p")', '(dict)', '(dict "scheme" 1)', '(dict "host" "h:1" "userinfo" "a:b c" "query" "x y")', '(dict "opaque" "o" "scheme" "s")']]
    yield "date", [LAYOUTS, SECONDS]
    yield "dateInZone", [LAYOUTS, SECONDS, ['"UTC"', '""', '"Nowhere/X"', '"Local"']]
    yield "dateInZone", [LAYOUTS, SECONDS, ['"Europe/Berlin"', '"America/New_York"', '"Asia/Kolkata"']]
    yield "htmlDate", [SECONDS]
    yield "htmlDateInZone", [SECONDS, ['"UTC"', '"Asia/Tokyo"']]
    yield "duration", [NUMBERS + ['"95"', '(int64 3700)', '"86461"']]
    yield "durationRound", [DURATIONS + NUMBERS + ['(int64 3600000000000)']]
    stamps = ['"2024-02-29"', '"2023-02-29"', '"x"', '""', '"2024-02-29 10:11:12"', '"2024-13-01"', '"03:04PM"', '"29 Feb 24 10:11 UTC"', '"2024-02-29T10:11:12.123456789+02:00"', '"2024-02-29T10:11:12Z"', '"Monday, January 2"', '"20240229101112"']
    for name in ("toDate", "mustToDate"):
        yield name, [LAYOUTS, stamps]
    yield "unixEpoch", [['(toDate "2006-01-02" %s)' % s for s in stamps] + ['.s', 'nil', '.n']]
    for name in ("dateModify", "mustDateModify", "date_modify"):
        yield name, [DURATIONS, ['(toDate "2006-01-02" "2024-02-29")', '.s']]
    yield "derivePassword", [['1', '2'], ['"long"', '"maximum"', '"pin"', '"basic"', '"short"', '"medium"', '"x"'], ['"pw"', '""'], ['"user"'], ['"site"']]
    yield "decryptAES", [['"key"'], ['"x"', '""', '"abc"', '"30tEfhuJSVRhpG97XCuWgz2okj7L8vQ1s6V9zVUPeDQ="']]
    yield "required", [['"msg"'], ANY]
    yield "fail", [TEXTS]
    yield "toToml", [MAPS + ANY]
    yield "fromToml", [['"a = 1"', '"[t]\\nx = [1, 2]\\ny = \\"s\\""', '""', '"a"', '"a = 1.5\\nb = true\\nd = 2020-01-01"', '"[[x]]\\na=1\\n[[x]]\\na=2"']]
    for name in ("buildCustomCert", "htpasswd"):
        yield name, [['"a:b"', '"!"', '""'], ['"x"', '"!"']] if name == "buildCustomCert" else [['"a:b"'], ['"x"']]


def cases(seed):
    chance = random.Random(seed)
    for name, pools in table():
        every = list(itertools.product(*pools))
        if len(every) > 260:
            every = chance.sample(every, 260)
        for arguments in every:
            call = " ".join((name, *arguments))
            mode = "helm" if name in ("fromYaml", "fromYamlArray", "fromJsonArray", "toYaml", "toYamlPretty", "mustToYaml", "required", "toToml", "fromToml") or "fromYaml" in call else chance.choice(("go", "helm"))
            form = SHOWN if name in ("toDate", "mustToDate", "dateModify", "keys", "first") and chance.random() < 0.3 else RESULT
            yield {"mode": mode, "numbers": chance.choice(("int", "float64")), "template": form % call, "data": DATA}
