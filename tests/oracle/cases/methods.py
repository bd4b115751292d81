"""What Go's objects can do in a template: the methods of times, durations, months, zones and versions, what they take, what of them cannot be
called, and how fmt prints them with every verb."""

from cases._make import DATA, case

TIMES = [
    '(toDate "2006-01-02" "2024-02-29")', '(toDate "2006-01-02T15:04:05Z07:00" "2021-03-14T01:59:26.535897932Z")',
    '(toDate "2006-01-02T15:04:05Z07:00" "1969-12-31T23:59:59.999999999+05:30")', '(toDate "2006" "0001")',
    '(toDate "2006-01-02T15:04:05Z07:00" "2021-03-14T01:59:26-08:00").UTC', '(toDate "x" "y")',
]
LENGTHS = [
    '((toDate "2006-01-02" "2024-02-29").Sub (toDate "2006-01-02" "2023-12-31"))',
    '((toDate "2006-01-02" "2000-01-01").Sub (toDate "2006-01-02T15:04:05Z07:00" "2021-03-14T01:59:26.535897932Z"))',
    '((toDate "2006" "0001").Sub (toDate "2006" "9999"))', '((toDate "2006" "2001").Sub (toDate "2006" "2001"))',
]
NAMES = ['((toDate "2006-01-02" "2024-02-29").Month)', '((toDate "2006-01-02" "2024-02-29").Weekday)',
         '((toDate "2006-01-02" "2024-03-03").Weekday)']
ZONES = ['((toDate "2006" "2001").UTC.Location)']
VERSIONS = [
    '(semver "1.2.3")', '(semver "v1.2.3-a.1+b")', '(semver "1")', '(semver "18446744073709551615.0.0")',
    '(semver "1.2.3-rc.1").IncMajor', '(semver "1.2.3-rc.1").IncPatch', '((semver "1.2.3").SetMetadata "x.y")',
]
PLAIN = ['1', '-1', '2.5', '"x"', 'nil', 'true', '.l', '.m', '.missing', '(int64 5)', '(int 5)']

OF_TIMES = [
    "Year", "Month", "Day", "YearDay", "Weekday", "Hour", "Minute", "Second", "Nanosecond", "Unix", "UnixMilli", "UnixMicro", "UnixNano", "UTC",
    "Location", "IsZero", "IsDST", "GoString", "String", "MarshalJSON", "MarshalText", "Date", "Clock", "ISOWeek", "Zone", "ZoneBounds", "wall",
    "ext", "loc", "Nope", "UnmarshalJSON", "abs", "Month.String", "Weekday.String", "Location.String", "UTC.Location", "UTC.GoString",
    'Format "Mon Jan _2 15:04:05.000 MST 2006"', 'Format ""', "AppendText", 'AppendFormat nil "2006"', 'AppendText nil', 'AppendText "x"',
    "AddDate 1 2 3", "AddDate 0 -1 -31", "AddDate 1", 'AddDate "1" 2 3', "Round 3600000000000", "Truncate 86400000000000", "Round 7", "Truncate 0",
    "Round -5", "Add 1", "Add -1000000001", "Add 1.5", 'Add "1h"', "In nil",
]
OF_LENGTHS = [
    "Hours", "Minutes", "Seconds", "Milliseconds", "Microseconds", "Nanoseconds", "String", "Abs", "Round 1000000000", "Round 7", "Truncate 60000000000",
    "Truncate 0", "Round -1", "Nope", "Round", 'Round "1s"', "Abs 1", "lessThan",
]
OF_NAMES = ["String", "Nope", "String 1"]
OF_VERSIONS = [
    "Major", "Minor", "Patch", "Prerelease", "Metadata", "Original", "String", "IncMajor", "IncMinor", "IncPatch", "MarshalJSON", "MarshalText",
    "Value", "major", "pre", "original", "Nope", 'SetPrerelease "rc.1"', 'SetPrerelease "!"', 'SetMetadata ""', 'SetMetadata "é"', "SetMetadata 1",
    "Compare nil", "Compare", "IncMajor.IncMinor.Patch", 'Equal "1.2.3"',
]
WITH_ANOTHER = {
    "times": (["After", "Before", "Equal", "Sub", "Compare", "Add", "Round", "In"], TIMES + LENGTHS + ZONES + PLAIN),
    "lengths": (["Round", "Truncate"], LENGTHS + NAMES + PLAIN),
    "versions": (["Compare", "Equal", "LessThan", "LessThanEqual", "GreaterThan", "GreaterThanEqual"], VERSIONS + PLAIN),
}
VERBS = ["v", "s", "q", "x", "X", "+v", "T", "5v", "-30v|", "30s", ".3s", ".2v"]
OF_NUMBERS = ["d", "b", "o", "O", "c", "U", "t", "e", "f", "05d", "+d", "x", "#x", "#v", "8d|", "w", "z"]
OF_FIELDS = ["d", "t", "f", "b", "#v", "#+v", "c", "z", "o", "5d"]


def called(objects, methods):
    return (f"{{{{ {one}.{method} }}}}" for one in objects for method in methods)


def with_another(objects, methods, others):
    return (f"{{{{ {one}.{method} {other} }}}}" for one in objects for method in methods for other in others)


def printed(objects, verbs):
    return (f'{{{{ printf "%{verb}" {one} }}}}' for one in objects for verb in verbs)


def templates():
    objects = {"times": TIMES, "lengths": LENGTHS, "names": NAMES, "versions": VERSIONS}
    yield from called(TIMES, OF_TIMES)
    yield from called(LENGTHS, OF_LENGTHS)
    yield from called(NAMES + ZONES, OF_NAMES)
    yield from called(VERSIONS, OF_VERSIONS)
    for kind, (methods, others) in WITH_ANOTHER.items():
        yield from with_another(objects[kind], methods, others)
    yield from printed(TIMES, [*VERBS, "#v"])
    yield from printed(LENGTHS + NAMES, VERBS + OF_NUMBERS)
    yield from printed(ZONES, VERBS)
    yield from printed(VERSIONS, VERBS + OF_FIELDS)


def cases(seed):
    for number, template in enumerate(templates()):
        yield case(template, "helm" if number % 3 == 0 else "go", "int" if (number + seed) % 2 else "float64", DATA)
