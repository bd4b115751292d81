"""As random, with the functions that charts have."""

import random

from cases import random as plain
from cases._make import DATA, case


def cases(seed):
    yield from plain.cases(seed + 1000, {**plain.FUNCTIONS, **plain.SPRIG})
    rolled = random.Random(seed + 2000)
    for _ in range(12000):
        template = plain.Author(rolled, {**plain.FUNCTIONS, **plain.SPRIG, **plain.HELM}).template()
        yield case(template, "helm", rolled.choice(["int", "float64"]), DATA)
