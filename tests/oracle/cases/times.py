"""Moments, layouts, zones and durations, and what a time object has."""

import random

from cases._make import case

PARTS = ["2006", "06", "01", "1", "Jan", "January", "02", "2", "_2", "002", "__2", "Mon", "Monday", "15", "3", "03", "4", "04", "5", "05", "PM", "pm", "MST", "-0700", "-07:00", "-07", "Z0700", "Z07:00", "Z07", "-070000", "-07:00:00", "Z070000", ".000", ".999", ",000", ",999", ".000000", ".999999999", ".0", ".9", ".00x", "T", " ", "-", "/", ":", "x", "é", "%", "Janx", "januarY", "Montag", "1st", "12", "20", "200", "0", "00", "Z", "+", "_", "__", "_20", "_2006", "2nd"]
ZONES = ["UTC", "", "Local", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Etc/GMT+5", "EST", "EST5EDT", "GMT", "CET", "Nowhere/X", "../x", "europe/berlin", "Antarctica/Troll", "Africa/Casablanca"]
SECONDS = ["0", "1", "-1", "1700000000", "1710032400", "1711846800", "1729990800", "-2208988800", "-62135596800", "253402300799", "4102444800", "951782400", "68169600", "1709164800", "1735689599", "1e9", "1234567890", "-1e10", "1325203200"]
MOMENTS = ["(toDate \"2006-01-02 15:04:05\" \"2024-02-29 10:11:12\")", "(toDate \"2006-01-02T15:04:05Z07:00\" \"2024-12-31T23:59:59+02:00\")", "(toDate \"2006-01-02 15:04:05.000000000 -0700\" \"1999-03-01 00:00:00.000000001 -0330\")", "(toDate \"2006\" \"1970\")", "(toDate \"x\" \"y\")", "(toDate \"15:04\" \"12:34\")"]
METHODS = ["Unix", "UnixNano", "UnixMilli", "Year", "Month", "Day", "Hour", "Minute", "Second", "Nanosecond", "Weekday", "YearDay", "IsZero", "UTC", "String", "Format \"Jan 2\"", "AddDate 0 1 0", "AddDate 1 -1 31", "AddDate 0 0 -60", "UTC.Format \"15:04\"", "Month.String", "Weekday.String", "Nope", "Format", "Location", "AddDate 1", "Unix 1", "UTC.Year", "Before .", "Local.Year"]
DURATIONS = ["1h", "90m", "1.5h", "-2m", "24h", "720h", "8760h", "1ns", "1us", "1µs", "1ms", "1h2m3s4ms5us6ns", "-1h30m", "0", "0s", "+5s", ".5h", "1.h", "x", "", "1", "1d", "1h 1m", "-", "9223372036854775807ns", "9223372036854775808ns", "2562047h47m16.854775807s", "3000000h", "1e3s", "1.0000000001s", "--1s", "1hh", "100000h", "59m59.9s", "26h", "48h1s", "744h", "9000h"]
STAMPS = ["2024-02-29", "2024-2-9", "24-02-29", "10:11:12", "10:11:12.5", "10:11", "3:04PM", "Feb 29 2024", "February 29", "Thu Feb 29", "29/02/24", "2024-02-29T10:11:12Z", "2024-02-29T10:11:12+01:00", "2024-02-29 10:11:12 CET", "2024060", "2024 60", "Monday", "PM", "10pm", "+0100", "Z", "2024-02-30", "2024-13-01", "25:00", "", " ", "x", "1.5", "  2", "02", "1,5", "+1", "-5", "+99", "-1-02-03", "++"]


def layout(rolled):
    return "".join(rolled.choice(PARTS) for _ in range(rolled.choice([1, 1, 2, 3, 5])))


def one(rolled):
    kind = rolled.randrange(9)
    text, seconds, zone, moment, span = layout(rolled), rolled.choice(SECONDS), rolled.choice(ZONES), rolled.choice(MOMENTS), rolled.choice(DURATIONS)
    if kind == 0:
        return f'date "{text}" (int64 {seconds})' if rolled.random() < 0.7 else f'date "{text}" {moment}'
    if kind == 1:
        return f'dateInZone "{text}" (int64 {seconds}) "{zone}"' if rolled.random() < 0.6 else f'date_in_zone "{text}" {moment} "{zone}"'
    if kind == 2:
        return f'{rolled.choice(["toDate", "mustToDate"])} "{text}" "{rolled.choice(STAMPS)}"'
    if kind == 3:
        return f'({moment}).{rolled.choice(METHODS)}'
    if kind == 4:
        return f'{rolled.choice(["dateModify", "date_modify", "mustDateModify", "must_date_modify"])} "{span}" {moment}' + rolled.choice(["", "", ' | date "2006-01-02 15:04:05.999"', " | unixEpoch", ' | htmlDate'])
    if kind == 5:
        return f'{rolled.choice(["duration", "durationRound"])} {rolled.choice([seconds, chr(34) + seconds + chr(34), chr(34) + span + chr(34), moment, "(int64 " + seconds + ")", "nil", "(list)"])}'
    if kind == 6:
        return f'durationRound "{span}"'
    if kind == 7:
        return f'{rolled.choice(["htmlDate", "unixEpoch", "kindOf", "typeOf", "toJson", "toYaml", "quote", "empty", "print", "toString", "printf " + chr(34) + "%v %s" + chr(34) + " 1", "list 1"])} {moment}'
    return f'toDate "{text}" (date "{text}" (int64 {seconds}))'


def cases(seed):
    rolled = random.Random(seed)
    for _ in range(12000):
        inside = one(rolled)
        yield case("{{ %s }}" % inside, "helm" if "toYaml" in inside else rolled.choice(["go", "helm"]))
