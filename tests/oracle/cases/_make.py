"""What the generators have in common."""

DATA = {
    "n": 7, "neg": -3, "zero": 0, "big": 1e21, "f": 2.5, "s": "text", "e": "", "t": True, "u": False, "nul": None,
    "l": [1, "two", 3.5, None, True, [1, 2], {"k": "v"}], "el": [], "ls": ["a", "b", "c"],
    "m": {"a": 1, "b": {"c": "deep", "d": None}, "list": [1, 2]}, "em": {}, "uni": "héllo wörld ✓ 日本",
}


def case(template, mode="go", numbers="int", data=DATA):
    return {"mode": mode, "numbers": numbers, "template": template, "data": data}


def both(template, data=DATA):
    """In plain Go with ints, and as Helm has it with floats."""
    yield case(template, "go", "int", data)
    yield case(template, "helm", "float64", data)
