"""Slices that reach behind the end of a list, as far as Go has made room there: how far that is depends on what made the list."""

import json

from cases._make import case

SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 18, 19, 24, 31, 32, 33, 65, 130, 260, 300]
COMMAS = {size: ",".join("x" * size) for size in SIZES}
NUMBERS = {size: json.dumps(list(range(1, size + 1))) for size in SIZES}

MADE = {
    "as it came": ".l", "list": "(list {numbers})", "append": "(append .less 9)", "prepend": "(prepend .less 9)", "rest": "(rest .more)",
    "initial": "(initial .more)", "reverse": "(reverse .l)", "compact": "(compact .more)", "uniq": "(uniq .l)", "without": "(without .more 0)",
    "concat": "(concat .less (list 9))", "chunk": "(chunk 1 .l)", "splitList": '(splitList "," "{commas}")', "toStrings": "(toStrings .l)",
    "toStrings of nil": "(toStrings (append .l nil))", "sortAlpha": "(sortAlpha .l)", "keys": "(keys .names | len | until)", "until": "(until {n})",
    "untilStep": "(untilStep 0 {n} 1)", "regexFindAll": '(regexFindAll "x" "{commas}" -1)', "regexSplit": '(regexSplit "," "{commas}" -1)',
    "some of regexSplit": '(regexSplit "," "{commas}" 5)', "fromJsonArray": "(fromJsonArray `{list}`)", "fromYamlArray": "(fromYamlArray `{list}`)",
    "fromJson": '(fromJson `{{"a":{list}}}`).a', "fromYaml": '(fromYaml `{{"a":{list}}}`).a', "deepCopy": "(deepCopy .l)", "merge": '(merge (dict) (dict "a" .l)).a',
    "slice": "(slice .l 0 1)", "slice's middle": "(slice .l 1 2)", "copied slice": "(deepCopy (slice .l 0 1))", "append to slice": "(append (slice .l 0 1) 7)",
    "slice of strings": '(slice (splitList "," "{commas}") 0 1)', "slice of ints": "(slice (until {n}) 0 1)",
}


def data(size):
    return {"l": list(range(1, size + 1)), "more": list(range(size + 1)), "less": list(range(1, size)), "names": {f"k{number:03}": number for number in range(size)}}


def ends(size):
    """Around the sizes that Go's allocator has."""
    return sorted({size - 1, size, size + 1, size + 2, 2 * size - 1, 2 * size, 2 * size + 1, 10, 11, 16, 17, 20, 35, 36, 39, 40, 43, 44, 71, 72, 127, 128, 512, 513, 847, 848, 849} - {-1})


def cases(seed):
    for made in MADE.values():
        for size in SIZES:
            if size > 33 and "{numbers}" in made:
                continue
            text = made.format(n=size, numbers=" ".join(map(str, range(1, size + 1))), commas=COMMAS[size], list=NUMBERS[size])
            for end in ends(size):
                whole = "{{ slice %s %d %d }}" % (text, min(1, end), end)
                yield case("{{ len (slice %s 0 %d) }}" % (text, end) if end > 20 else whole, "helm", "float64", data(size))
    for size in SIZES[1:12]:
        yield case("{{ $a := slice .l 0 1 }}{{ $b := slice $a 0 %d }}{{ $b }}{{ slice $b 0 %d }}{{ len (append $b 1) }}" % (size, size), "helm", "float64", data(size))
