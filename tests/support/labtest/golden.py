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
    (r"\b(pid|process) \d+\b", r"\1 N"),
    (r"/run/gpuctl/[0-9a-f]+", "/run/gpuctl/JOB"),
    (r"\.gpuctl-\d+", ".gpuctl-N"),
    (r"/do: \d+: ", "/do: N: "),
    (r"\(Reading database \.\.\. \d+ files", "(Reading database ... N files"),
    (r"\b[\d.]+ [kM]?B\b", "N B"),
    (r"\b\d+ bytes\b", "N bytes"),
    (r"\bNO_PUBKEY [0-9A-F]{16}\b", "NO_PUBKEY KEY"),
    (r"N B in \w+ \(N B/s\)", "N B in N s"),
    (r"\b[0-9a-f]{64}\b", "DIGEST"),
    (r"\b(web|plugin)(-[0-9a-z]{8,10})?-[0-9a-z]{5}\b", r"\1-XXXXX"),
    (r"\bSHA256:[A-Za-z0-9+/]{43}", "SHA256:…"),
    (r"\b10\.\d+\.0\.", "10.N.0."),
)


def system_name():
    """The machines run this host's release."""
    rows = (row.split("=", 1) for row in Path("/etc/os-release").read_text().splitlines() if "=" in row)
    return dict(rows).get("PRETTY_NAME", "").strip('"')


def whole(value, name, text):
    """`value` replaced where it is no part of a longer word or address."""
    return re.sub(rf"(?<![\w.]){re.escape(value)}(?!\.?\w)", name, text)


def normal(text, folder):
    env = lab.env()
    for name, value in sorted(env.items(), key=lambda item: -len(item[1])):
        if not name.endswith(("VERSION", "PASSWORD")):
            text = whole(value, f"<{name.lower()}>", text)
    mark = env["REPOSITORY_FINGERPRINT"]
    quads = [mark[at : at + 4] for at in range(0, 40, 4)]
    for spaced in (" ".join(quads), f"{' '.join(quads[:2])} … {' '.join(quads[-2:])}"):
        text = text.replace(spaced, "<fingerprint>")
    text = text.replace(str(places.PLAYBOOK), str(places.SITE)).replace(str(folder), "<folder>").replace(str(places.TOP), "<top>")
    text = whole(env["REPOSITORY"].split("/")[2], "<repository_host>", text)
    text = text.replace(system_name(), "SYSTEM").replace(os.uname().release, "KERNEL")
    rows = tidy(text).splitlines()
    said_once = [row for at, row in enumerate(rows) if at == 0 or not row or row != rows[at - 1]]
    return "".join(row + "\n" for row in said_once)


def tidy(text):
    """Without what differs from run to run."""
    for pattern, name in PATTERNS:
        text = re.sub(pattern, name, text)
    return "".join(row.rstrip() + "\n" for row in text.splitlines())


def failure(text):
    """What a provision says of the step that failed: not the plan before it, nor the steps that went well."""
    result = text.rsplit("Nothing was written.", 1)[-1].splitlines()[1:]
    return "".join(row + "\n" for row in result if not row.startswith(("  ok ", "  done ", "  skipped ")))


def compare(name, text, folder):
    """Fails unless the text is what tests/golden/NAME has."""
    settle(name, normal(text, folder))


def settle(name, seen):
    path = places.GOLDEN / name
    if os.environ.get("GPUCTL_ACCEPT") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(seen)
        return
    known = path.read_text() if path.exists() else ""
    if seen != known:
        rows = difflib.unified_diff(known.splitlines(), seen.splitlines(), f"tests/golden/{name}", "seen", lineterm="")
        raise Failure("not what was accepted (GPUCTL_ACCEPT=1 takes it over):\n" + "\n".join(rows))
