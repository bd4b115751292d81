"""Reads as much of mdoc(7) as our man pages use: what stands in which subsection."""

import re


def plain(words):
    """A flag as mdoc writes it, `-yes` for --yes, without what follows it."""
    return words.split()[0].replace("\\-", "-")


def sections(path):
    """{heading: {"Fl": [flag], "Cm": [word]}} of the list items below each .Sh and .Ss."""
    found = {}
    heading = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        head = re.match(r'\.S[hs] "?([^"]+)"?$', line)
        if head:
            heading = head.group(1).strip()
        for macro, words in re.findall(r"(?:^\.It|,) (Fl|Cm) (\S+)", line):
            found.setdefault(heading, {"Fl": [], "Cm": []})[macro].append(plain(words))
    return found
