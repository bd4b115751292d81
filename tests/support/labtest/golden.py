"""Texts that a person has read and found good. GPUCTL_ACCEPT=1 takes over what is seen now."""

import difflib
import os
import re
from pathlib import Path

from labtest import lab, places
from labtest.expect import Failure

PATTERNS = (
    (r"\b\d+(\.\d+)? (ms|s|min)\b", "N s"),
    (r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| UTC|[+-]\d\d:?\d\d)?", "TIME"),
    (r"\b\d\d:\d\d:\d\d\b", "TIME"),
    (r"\b\d{8}T?-?\d{6}Z?(-[0-9a-z]+)?\b", "RUN"),
    (r"\bpid \d+\b", "pid N"),
)


def system_name():
    """The machines run this host's release."""
    rows = (row.split("=", 1) for row in Path("/etc/os-release").read_text().splitlines() if "=" in row)
    return dict(rows).get("PRETTY_NAME", "").strip('"')


def normal(text, folder):
    env = lab.env()
    for name, value in sorted(env.items(), key=lambda item: -len(item[1])):
        if not name.endswith(("VERSION", "PASSWORD")):
            text = text.replace(value, f"<{name.lower()}>")
    mark = env["REPOSITORY_FINGERPRINT"]
    quads = [mark[at : at + 4] for at in range(0, 40, 4)]
    for spaced in (" ".join(quads), f"{' '.join(quads[:2])} … {' '.join(quads[-2:])}"):
        text = text.replace(spaced, "<fingerprint>")
    text = text.replace(str(folder), "<folder>").replace(str(places.TOP), "<top>")
    text = text.replace(env["REPOSITORY"].split("/")[2], "<repository_host>")
    text = text.replace(f"{system_name()} · {os.uname().release}", "SYSTEM · KERNEL")
    for pattern, name in PATTERNS:
        text = re.sub(pattern, name, text)
    return "".join(row.rstrip() + "\n" for row in text.splitlines())


def compare(name, text, folder):
    """Fails unless the text is what tests/golden/NAME has."""
    path, seen = places.GOLDEN / name, normal(text, folder)
    if os.environ.get("GPUCTL_ACCEPT") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(seen)
        return
    known = path.read_text() if path.exists() else ""
    if seen != known:
        rows = difflib.unified_diff(known.splitlines(), seen.splitlines(), f"tests/golden/{name}", "seen", lineterm="")
        raise Failure("not what was accepted (GPUCTL_ACCEPT=1 takes it over):\n" + "\n".join(rows))
