"""Templates put together at random: each part by itself is plain, what they do to each other is the question."""

import random

from cases._make import DATA, case

ATOMS = ["1", "0", "-2", "2.5", "1e6", '"a"', '""', '"héé"', "true", "false", "nil", "'x'", ".", "$", ".n", ".s", ".l", ".m", ".e", ".el", ".em", ".nul", ".missing", ".m.b", ".m.b.c", ".m.b.d",
         ".m.list", ".t", ".u", ".f", ".ls", "$.n", "$.m.b.c", ".uni", ".m.x.y", "`r w`", "0x10", "1_000", ".big"]
FUNCTIONS = {
    "print": (0, 3), "println": (0, 2), "printf": (1, 3), "not": (1, 1), "len": (1, 1), "index": (1, 3), "and": (1, 3), "or": (1, 3), "eq": (2, 3), "ne": (2, 2), "lt": (2, 2), "le": (2, 2),
    "gt": (2, 2), "ge": (2, 2), "html": (1, 2), "js": (1, 1), "urlquery": (1, 1), "call": (1, 2),
}
SPRIG = {
    "default": (2, 2), "quote": (1, 2), "squote": (1, 1), "upper": (1, 1), "lower": (1, 1), "trim": (1, 1), "trunc": (2, 2), "indent": (2, 2), "nindent": (2, 2), "toString": (1, 1), "int": (1, 1),
    "int64": (1, 1), "float64": (1, 1), "add": (1, 3), "sub": (2, 2), "mul": (2, 2), "div": (2, 2), "mod": (2, 2), "max": (1, 3), "min": (1, 3), "list": (0, 3), "dict": (0, 4), "get": (2, 2),
    "hasKey": (2, 2), "keys": (1, 1), "first": (1, 1), "last": (1, 1), "rest": (1, 1), "append": (2, 2), "prepend": (2, 2), "concat": (1, 2), "join": (2, 2), "empty": (1, 1), "coalesce": (0, 3),
    "ternary": (3, 3), "kindOf": (1, 1), "typeOf": (1, 1), "toJson": (1, 1), "contains": (2, 2), "replace": (3, 3), "trimSuffix": (2, 2), "until": (1, 1), "uniq": (1, 1), "has": (2, 2),
    "deepCopy": (1, 1), "sortAlpha": (1, 1), "toStrings": (1, 1), "splitList": (2, 2), "b64enc": (1, 1), "sha256sum": (1, 1), "kindIs": (2, 2), "typeIs": (2, 2), "set": (3, 3), "slice": (1, 3),
    "reverse": (1, 1), "without": (2, 2), "compact": (1, 1), "cat": (0, 3), "title": (1, 1), "repeat": (2, 2), "fail": (1, 1), "ceil": (1, 1), "round": (2, 2), "merge": (2, 2), "pick": (2, 2), "omit": (2, 2),
}
HELM = {"toYaml": (1, 1), "fromYaml": (1, 1), "required": (2, 2), "include": (2, 2), "tpl": (2, 2), "fromJson": (1, 1)}
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

    def operand(self, depth):
        if depth <= 0 or self.chance(0.6):
            return self.atom()
        return "(" + self.pipeline(depth - 1) + ")" + self.rolled.choice(["", "", "", "", ".a", ".b", ".k"])

    def call(self, depth, piped):
        name = self.rolled.choice(self.names)
        least, most = self.functions[name]
        count = self.rolled.randint(least, most) - (1 if piped else 0)
        if self.chance(0.03):
            count += self.rolled.choice([-1, 1])
        arguments = [self.operand(depth) for _ in range(max(count, 0))]
        if name == "printf" and arguments:
            arguments[0] = self.rolled.choice(FORMS)
        if name in ("until", "repeat") and arguments:
            arguments[0] = self.rolled.choice(["0", "3", "-1", ".n", ".s"])
        if name in ("include", "tpl") and arguments:
            arguments[0] = self.rolled.choice(['"t1"', '"t2"', '"none"']) if name == "include" else self.rolled.choice(['"{{ . }}"', '"{{ .a }}-{{ $ }}"', '"{{ if }}"', ".s"])
        return " ".join([name, *arguments])

    def pipeline(self, depth):
        first = self.call(depth, False) if self.chance(0.6) else self.operand(depth)
        stages = [first] + [self.call(depth, True) for _ in range(self.rolled.choice([0, 0, 0, 1, 1, 2]))]
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
