"""Fails when a tracked file lies where the layout has no place for it, is too long, or has lost its run bit.

Usage: tree.py [ROOT]; exit 77 (skipped) where there is no git to ask.
"""

import pathlib
import re
import subprocess
import sys

from table import LONG_BECAUSE, LONGEST

AT_THE_TOP = {
    "meson.build", "meson_options.txt", "src", "subprojects", "playbooks", "man", "tests", "docs", "README.md", "ARCHITECTURE.md", "NEWS",
    "LICENSE", "quickstart", "check",
}
RUNNABLE = ("quickstart", "check", ".ci/run")
CODE = {".cpp", ".hpp", ".py", ".sh", ".go"}
# A path of one machine that slipped into the tree.
FOREIGN_PATH = re.compile(r"(?:^|[\s\"'=(])/(?:work|tmp/[a-z]+_[a-z]+)/[a-z]")
WORD = re.compile(r"\b(TODO|FIXME)\b")


def tracked(root):
    """(mode, name) of every tracked file."""
    listing = subprocess.run(["git", "-C", str(root), "ls-files", "-sz"], check=True, capture_output=True, text=True).stdout
    for row in filter(None, listing.split("\0")):
        facts, name = row.split("\t", 1)
        yield facts.split()[0], name


def name_complaints(mode, name):
    top = name.split("/")[0]
    if top not in AT_THE_TOP and not top.startswith("."):
        yield f"{name}: the layout has no place for {top} at the top"
    if name in RUNNABLE and mode != "100755":
        yield f"{name}: not executable"


def text_complaints(name, text):
    lines = text.splitlines()
    if pathlib.PurePath(name).suffix in CODE and not name.startswith("src/") and len(lines) > LONGEST and name not in LONG_BECAUSE:
        yield f"{name}: {len(lines)} lines, at most {LONGEST} without a reason in table.py"
    if name.startswith("tests/layers/"):
        return
    for number, line in enumerate(lines, 1):
        for pattern, why in ((FOREIGN_PATH, "a path of one machine"), (WORD, "an issue, not a comment")):
            hit = pattern.search(line)
            if hit:
                yield f"{name}:{number}: {hit.group(0)}: {why}"


def complaints(root):
    for mode, name in tracked(root):
        yield from name_complaints(mode, name)
        path = root / name
        if mode.startswith("100") and path.is_file():
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            yield from text_complaints(name, text)


if __name__ == "__main__":
    top = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    try:
        found = list(complaints(top))
    except (OSError, subprocess.CalledProcessError) as why:
        print(f"skipped: git cannot list the files ({why})")
        sys.exit(77)
    print("\n".join(found) or "every file has its place")
    sys.exit(1 if found else 0)
