"""Templates put together at random: each part by itself is plain, what they do to each other is the question."""

import random

from cases._make import DATA, case

ATOMS = ["1", "0", "-2", "2.5", "1e6", '"a"', '""', '"héé"', "true", "false", "nil", "'x'", ".", "$", ".n", ".s", ".l", ".m", ".e", ".el", ".em", ".nul", ".missing", ".m.b", ".m.b.c", ".m.b.d",
         ".m.list", ".t", ".u", ".f", ".ls", "$.n", "$.m.b.c", ".uni", ".m.x.y", "`r w`", "0x10", "1_000", ".big"]
# What of each kind a function takes, and what it gives: s text, i int, n number, l list, m map, b boolean, v anything,
# f a format, c two or three that can be compared; * may come any number of times.
FUNCTIONS = {
    "print": "v* s", "println": "v* s", "printf": "fv* s", "not": "v b", "len": "w i", "index": "xi v", "and": "v* v", "or": "v* v", "eq": "c b", "ne": "c b", "lt": "o b", "le": "o b", "gt": "o b",
    "ge": "o b", "html": "v* s", "js": "v s", "urlquery": "v s",
}
SPRIG = {
    "default": "vv v", "quote": "v* s", "squote": "v s", "upper": "s s", "lower": "s s", "trim": "s s", "trunc": "is s", "indent": "ts s", "nindent": "ts s", "toString": "v s", "int": "n i", "int64": "n n",
    "float64": "n n", "add": "n* n", "sub": "nn n", "mul": "n* n", "div": "nn n", "mod": "nn n", "max": "n* n", "min": "n* n", "list": "v* l", "dict": "sv m", "get": "ms v", "hasKey": "ms b",
    "first": "l v", "last": "l v", "rest": "l l", "initial": "l l", "append": "lv l", "prepend": "lv l", "concat": "l* l", "join": "sl s", "empty": "v b", "coalesce": "v* v", "ternary": "vvb v", "kindOf": "v s",
    "typeOf": "v s", "toJson": "v s", "contains": "ss b", "replace": "sss s", "trimSuffix": "ss s", "trimPrefix": "ss s", "hasPrefix": "ss b", "hasSuffix": "ss b", "until": "t l", "untilStep": "jtk l",
    "uniq": "l l", "has": "vl b", "deepCopy": "v v", "sortAlpha": "l l", "toStrings": "l l", "splitList": "ss l", "split": "ss m", "b64enc": "s s", "b64dec": "s s", "sha256sum": "s s", "kindIs": "sv b",
    "typeIs": "sv b", "set": "qsv m", "unset": "ms m", "slice": "li l", "reverse": "l l", "without": "lv l", "compact": "l l", "cat": "v* s", "title": "s s", "repeat": "ts s", "fail": "s s", "ceil": "n n",
    "floor": "n n", "round": "ni n", "merge": "qm m", "mergeOverwrite": "qm m", "pick": "ms m", "omit": "ms m", "pluck": "sm l", "dig": "svm v", "abbrev": "is s", "nospace": "s s", "snakecase": "s s",
    "camelcase": "s s", "kebabcase": "s s", "untitle": "s s", "substr": "iis s", "wrap": "ks s", "plural": "ssi s", "atoi": "s i", "toDecimal": "s n", "seq": "t* s", "adler32sum": "s s", "sha1sum": "s s",
    "regexMatch": "rs b", "regexReplaceAll": "rss s", "regexFindAll": "rsi l", "semverCompare": "yz b", "all": "v* b", "any": "v* b", "chunk": "il l", "tuple": "v* l", "toRawJson": "v s", "toPrettyJson": "v s",
    "base": "s s", "dir": "s s", "ext": "s s", "clean": "s s", "initials": "s s", "swapcase": "s s", "trimAll": "ss s", "trimall": "ss s", "kebabcase": "s s", "biggest": "n* n", "addf": "n* n", "mulf": "n* n",
}
HELM = {"toYaml": "v s", "fromYaml": "s m", "required": "sv v", "include": "gv s", "tpl": "hv s", "fromJson": "s m", "fromYamlArray": "s l", "toToml": "m s"}
OF_KIND = {
    "s": ['"a"', '""', '"héé wörld"', ".s", ".e", ".uni", ".m.b.c", "`r w`", '"b"', '"a-b_c d"', '"1.5"', '"k: [1, x]"'],
    "i": ["1", "0", "-2", "3", "5", "(len .l)"], "n": ["1", "2.5", ".n", ".f", "0", "-3", ".neg", "1e6", "7"], "l": [".l", ".ls", ".el", ".m.list"], "m": [".m", ".em", ".m.b"], "b": ["true", "false", ".t", ".u"],
    "g": ['"t1"', '"t2"', '"t1"', '"none"'], "h": ['"{{ . }}"', '"{{ .a }}-{{ $ }}"', '"{{ if }}"', ".s", '"{{ include \\"t1\\" . }}"'], "r": ['"a.*"', '"[a-z]+"', '"(h)(.)"', '"^$"'],
    "q": ["(dict)", '(dict "a" 1 "k" "v")', "(deepCopy .m)"], "t": ["0", "1", "3"], "j": ["0", "-2"], "k": ["1", "2"], "y": ['">=1.2"', '"^1.0"', '"~1.2.3"', '"1.x"'], "z": ['"1.2.3"', '"2.0.0-rc.1"', '"v1.0"'], "w": [".l", ".s", ".m", ".ls", ".em"], "x": [".l", ".ls", ".m.list"], "v": ATOMS,
}
COMPARED = [("1", "2", ".zero"), ('"a"', ".s", '"text"'), ("true", ".t", ".u"), (".n", ".neg", ".zero"), (".f", "2.5", "1.0"), (".m.b.c", '"deep"', ".e"), ("nil", ".nul", ".m.b.d"), (".n", "7", "1")]
ORDERED = [one for one in COMPARED if one[0] not in ("true", "nil")]
FORMS = ['"%v"', '"%d"', '"%s"', '"%q"', '"%T"', '"%+v"', '"%#v"', '"%5.1f"', '"%x"', '"%v %v"', '"%-6v|"', '"%05d"', '"%t"']
TEXTS = ["", " ", "x", "\n", "  \n ", "a: b\n", "- "]


class Author:
    def __init__(self, rolled, functions):
        self.rolled, self.functions, self.names = rolled, functions, list(functions)
        self.variables, self.depth, self.loops = [], 0, 0

    def chance(self, share):
        return self.rolled.random() < share

    def atom(self):
        if self.variables and self.chance(0.3):
            return self.rolled.choice(self.variables) + self.rolled.choice(["", "", "", ".a", ".b.c"])
        return self.rolled.choice(ATOMS)

    def of(self, kind, depth):
        """Something of the kind, or now and then of another."""
        if kind == "f":
            return self.rolled.choice(FORMS)
        if kind in "tjkq":  # small, or nothing ends; fresh, or a map comes to hold itself and Go's program dies
            return self.rolled.choice(OF_KIND[kind])
        if kind == "v" or self.chance(0.06):
            return self.operand(depth)
        if depth > 0 and self.chance(0.3):
            names = [name for name in self.names if self.functions[name].endswith(" " + kind)]
            if names:
                return "(" + self.call(depth - 1, False, self.rolled.choice(names)) + ")"
        return self.rolled.choice(OF_KIND[kind])

    def operand(self, depth):
        if depth <= 0 or self.chance(0.6):
            return self.atom()
        return "(" + self.pipeline(depth - 1) + ")" + self.rolled.choice(["", "", "", "", "", "", ".a", ".b", ".k"])

    def arguments(self, name, depth):
        kinds = self.functions[name].split()[0]
        if kinds in ("c", "o"):
            chosen = list(self.rolled.choice(COMPARED if kinds == "c" else ORDERED))
            return self.rolled.sample(chosen, 2)
        if kinds.endswith("*"):
            kinds = kinds[:-2] + kinds[-2] * self.rolled.randint(1, 3)
        return [self.of(kind, depth) for kind in kinds]

    def call(self, depth, piped, name=None):
        name = name or self.rolled.choice(self.names)
        arguments = self.arguments(name, depth)
        if piped and arguments:
            arguments.pop()
        if self.chance(0.02):
            arguments.insert(0, self.atom())
        return " ".join([name, *arguments])

    def pipeline(self, depth):
        name = self.rolled.choice(self.names)
        stages = [self.call(depth, False, name) if self.chance(0.7) else self.operand(depth)]
        given = self.functions[name].split()[1]
        for _ in range(self.rolled.choice([0, 0, 0, 1, 1, 2])):
            fitting = [other for other in self.names if self.functions[other].split()[0].rstrip("*")[-1] in (given, "v")]
            name = self.rolled.choice(fitting)
            stages.append(self.call(depth, True, name))
            given = self.functions[name].split()[1]
        return " | ".join(stages)

    def action(self, inside):
        left = self.rolled.choice(["{{ ", "{{ ", "{{- ", "{{"])
        right = self.rolled.choice([" }}", " }}", " -}}", "}}"])
        return left + inside + right

    def block(self, depth):
        mark = len(self.variables)
        out = "".join(self.item(depth - 1) for _ in range(self.rolled.randint(1, 3)))
        del self.variables[mark:]
        return out

    def item(self, depth):
        kind = self.rolled.random()
        text = self.rolled.choice(TEXTS)
        if depth <= 0 or kind < 0.45:
            return text + self.action(self.pipeline(2))
        if kind < 0.6:
            return text + self.assignment()
        if kind < 0.75:
            return text + self.branch(depth)
        if kind < 0.9:
            return text + self.loop(depth)
        if kind < 0.95:
            return text + self.action('template "t%d" %s' % (self.rolled.randint(1, 2), self.operand(1)))
        return text + "{{/* c */}}"

    def assignment(self):
        if self.variables and self.chance(0.5):
            return self.action("%s = %s" % (self.rolled.choice(self.variables), self.pipeline(2)))
        name = "$v%d" % self.rolled.randint(1, 4)
        out = self.action("%s := %s" % (name, self.pipeline(2)))
        self.variables.append(name)
        return out

    def branch(self, depth):
        word = self.rolled.choice(["if", "with"])
        out = self.action("%s %s" % (word, self.pipeline(1))) + self.block(depth)
        if self.chance(0.3):
            out += self.action("else %s %s" % (word, self.pipeline(1))) + self.block(depth)
        if self.chance(0.4):
            out += self.action("else") + self.block(depth)
        return out + self.action("end")

    def loop(self, depth):
        declared = self.rolled.choice(["", "", "$i, $e := ", "$e := "])
        over = self.rolled.choice([".l", ".ls", ".m", ".el", "3", ".n", ".missing", "$.l", "$.m", self.operand(1)])
        mark = len(self.variables)
        self.variables += [name for name in ("$i", "$e") if name in declared]
        out = self.action("range %s%s" % (declared, over)) + self.block(depth)
        if self.chance(0.2):
            out += self.action("if eq . 1") + self.action(self.rolled.choice(["break", "continue"])) + self.action("end")
        del self.variables[mark:]
        if self.chance(0.3):
            out += self.action("else") + self.block(depth)
        return out + self.action("end")

    def template(self):
        out = "".join(self.item(2) for _ in range(self.rolled.randint(1, 3)))
        for name in ("t1", "t2"):
            self.variables = []
            out += '{{ define "%s" }}%s{{ end }}' % (name, self.rolled.choice(["<{{ . }}>", "{{ .a }}", "{{ .b.c.d }}", "{{ len . }}"]))
        return out


def damaged(rolled, text):
    """With a few characters changed, which seldom parses."""
    at = rolled.randrange(len(text))
    return text[:at] + rolled.choice(["", "}", "{", "(", ")", "|", '"', " ", "-", ".", "$", "\n", "}}", "{{", "`", "=", ",", "é"]) + text[at + rolled.randint(0, 2) :]


def cases(seed, functions=FUNCTIONS, share=1.0):
    rolled = random.Random(seed)
    for i in range(int(12000 * share)):
        mode, numbers = rolled.choice([("go", "int"), ("go", "float64"), ("helm", "float64"), ("helm", "int")])
        template = Author(rolled, functions).template()
        if i % 8 == 0:
            template = damaged(rolled, template)
        yield case(template, mode, numbers, DATA)
