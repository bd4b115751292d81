"""clang-tidy over src/, as .clang-tidy has it. Files that are compiled together are read together: most of the work is the headers they share.
They are read again only when one of them, a header of ours below them, or the checks have changed.

Usage: tidy.py BUILD STAMPS, where BUILD holds clang's compile_commands.json and STAMPS is a folder for what was found clean.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
TOOL = "clang-tidy-19"
OWN = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)
TOGETHER = re.compile(r"^#include\s*<(.+\.cpp)>$", re.M)  # as meson writes what it compiles together


def below(path, seen):
    """The file and every header of ours that it reaches."""
    if path in seen or not path.is_file():
        return seen
    seen.add(path)
    for header in OWN.findall(path.read_text(encoding="utf-8")):
        below(TOP / "src" / header, seen)
    return seen


def sources_of(unit):
    """The files of ours that are compiled as this one."""
    return [pathlib.Path(name).resolve() for name in TOGETHER.findall(unit.read_text(encoding="utf-8"))] or [unit]


def key(unit, common):
    sha = hashlib.sha256(common)
    reached = set()
    for source in sources_of(unit):
        below(source, reached)
    for part in sorted(reached):
        sha.update(str(part.relative_to(TOP)).encode() + b"\0" + part.read_bytes())
    return sha.hexdigest()


def read(build, path):
    done = subprocess.run([TOOL, "-p", build, "--quiet", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = done.stdout.strip() or (done.stderr.strip() if done.returncode else "")
    return done.returncode, said


def main(build, stamps):
    rows = json.loads(pathlib.Path(build, "compile_commands.json").read_text(encoding="utf-8"))
    units = sorted({pathlib.Path(row["directory"], row["file"]).resolve() for row in rows})
    units = {unit: sources_of(unit) for unit in units}
    units = {unit: sources for unit, sources in units.items() if all(source.is_relative_to(TOP / "src") for source in sources)}
    version = subprocess.run([TOOL, "--version"], check=True, capture_output=True).stdout
    common = version + (TOP / ".clang-tidy").read_bytes()
    stamps.mkdir(parents=True, exist_ok=True)
    keys = {unit: key(unit, common) for unit in units}
    due = [unit for unit in units if not (stamps / keys[unit]).exists()]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for unit, (rc, said) in zip(due, pool.map(lambda unit: read(build, unit), due)):
            if rc == 0:
                (stamps / keys[unit]).touch()
            else:
                failed += 1
                print(f"{unit.name}\n{said}\n", flush=True)
    for stamp in stamps.iterdir():
        if stamp.name not in keys.values():
            stamp.unlink()
    files = sum(map(len, units.values()))
    print(f"{files} files as {len(units)}, {len(due)} read, {failed} with findings")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
