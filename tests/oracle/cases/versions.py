"""Versions and their ranges, put together of parts; what a version object has."""

import random

from cases._make import case

NUMBERS = ["0", "1", "2", "3", "10", "28", "01", "x", "X", "*", "", "-1", "1a", "99999999999999999999", "1 "]
TAILS = ["", "", "", "-0", "-alpha", "-alpha.1", "-rc.1", "-rc1", "-1", "-01", "-a..b", "-", "+b", "-a+b", "+", "+b.01", "-gke.100", "-eks-1a2b", "+k3s1", "-a_b", "-é", ".4", "-rc.x", "-RC.10", "-beta-2"]
SIGNS = ["", "", "=", "!=", ">", "<", ">=", "=>", "<=", "=<", "~", "~>", "^", "==", "><", "!", "> ", ">=  ", "~ ", "^ ", "v", "<>"]
JOINS = [" ", ", ", ",", " || ", "||", " - ", "-", "  ", " , ", " && ", " | "]
SHOWN = ["semverCompare {r} {v}", "semver {v}", "(semver {v}).Major", "(semver {v}).Minor", "(semver {v}).Patch", "(semver {v}).Prerelease", "(semver {v}).Metadata", "(semver {v}).Original", "(semver {v}).String", "(semver {v}).IncMajor", "((semver {v}).IncPatch).String", "(semver {v}).IncMinor.Original",
         "semver {v} | toString", "semver {v} | quote", "semver {v} | toJson", "semver {v} | toYaml", "(semver {v}).Compare (semver {w})", "(semver {v}).LessThan (semver {w})", "(semver {v}).Equal (semver {w})", "(semver {v}).GreaterThan (semver {w})", "(semver {v}).LessThanEqual (semver {w})", "eq (semver {v}) (semver {w})", "printf \"%d.%d\" (semver {v}).Major (semver {v}).Minor", "eq (semver {v}).Major 1",
         "(semver {v}).Compare {w}", "(semver {v}).Nope", "(semver {v}).SetPrerelease \"x\"", "index (semver {v}) 0", "len (semver {v})", "kindOf (semver {v})", "typeOf (semver {v})", "typeOf (semver {v}).Major", "add (semver {v}).Major 1", "int (semver {v}).Minor", "gt (semver {v}).Minor 1", "list (semver {v}) | toJson", "empty (semver {v})", "(semver {v}).Compare", "printf \"%v %s\" (semver {v}) (semver {w})"]


def version(rolled):
    parts = [rolled.choice(NUMBERS[:6] if rolled.random() < 0.85 else NUMBERS) for _ in range(rolled.choice([1, 2, 3, 3, 3, 3, 4]))]
    return rolled.choice(["", "", "", "v", "V", " "]) + ".".join(parts) + rolled.choice(TAILS)


def bound(rolled):
    parts = [rolled.choice(NUMBERS[:6] if rolled.random() < 0.7 else NUMBERS[:11]) for _ in range(rolled.choice([1, 2, 2, 3, 3, 3, 4]))]
    return rolled.choice(SIGNS) + ".".join(parts) + rolled.choice(TAILS if rolled.random() < 0.5 else [""])


def cases(seed):
    rolled = random.Random(seed)
    for i in range(14000):
        bounds = bound(rolled)
        for _ in range(rolled.choice([0, 0, 0, 1, 1, 2])):
            bounds += rolled.choice(JOINS) + bound(rolled)
        form = SHOWN[0] if i % 2 else rolled.choice(SHOWN)
        yield case("{{ %s }}" % form.replace("{r}", '"%s"' % bounds).replace("{v}", '"%s"' % version(rolled)).replace("{w}", '"%s"' % version(rolled)), rolled.choice(["go", "helm"]))
