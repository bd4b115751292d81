#!/usr/bin/env python3
"""Renders each chart of tests/charts with gpuctl and with Helm, as its tests.json says, and shows where they differ.

A line of tests.json is {"chart": folder below, "args": flags, "name": the release's, "pack": as a .tgz, "files": written below a folder},
all of it optional; CHART in a flag is the chart's folder. Output must be the same to the byte. Where Helm fails gpuctl must, and with
--errors also in the same words.
"""

import argparse
import difflib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
CHARTS = TOP / "tests/charts"
LAB = TOP / "tests/lab/lab"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chart", nargs="*", help="folders of tests/charts; all when none is named")
    parser.add_argument("--gpuctl", default=TOP / "build/src/gpuctl", help="the program that is tried")
    parser.add_argument("--helm", help="the program that knows; built by the lab when none is named")
    parser.add_argument("--errors", action="store_true", help="what is said of a failure is compared, too")
    return parser.parse_args()


def helm_of(path):
    return path or subprocess.run([LAB, "program", "helm"], check=True, text=True, stdout=subprocess.PIPE).stdout.strip()


def packed(folder, into):
    archive = Path(into) / f"{folder.name}.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        for path in sorted(folder.rglob("*")):
            tar.add(path, arcname=f"{folder.name}/{path.relative_to(folder)}", recursive=False)
    return archive


def command_of(test, folder, chart):
    flags = [flag.replace("CHART", str(folder)) for flag in test.get("args", [])]
    name = test.get("name", "rel")
    return [*([name] if name else []), str(chart), "-n", "ns", *flags]


def run(program, command):
    done = subprocess.run([*program, *command], check=False, capture_output=True, timeout=120)
    return done.returncode != 0, done.stdout, done.stderr.decode()


def run_into_files(program, command):
    """The files that it writes, as one text."""
    with tempfile.TemporaryDirectory() as folder:
        failed, _, said = run(program, [*command, "--output-dir", folder])
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        return failed, b"".join(b"== %s\n%s" % (str(path.relative_to(folder)).encode(), path.read_bytes()) for path in files), said


def words(text):
    """What is said of a failure, without the frame around it."""
    lines = [line for line in text.splitlines() if line and not line.startswith(("level=", "Use --debug"))]
    return "\n".join(lines).removeprefix("Error: ").removeprefix("gpuctl: ").strip()


def difference(ours, theirs, errors):
    if ours[0] != theirs[0]:
        return [f"gpuctl {'fails' if ours[0] else 'does not fail'}, Helm {'does' if theirs[0] else 'does not'}", ours[2] or theirs[2]]
    if ours[1] != theirs[1]:
        texts = (side[1].decode(errors="replace").splitlines() for side in (theirs, ours))
        return list(difflib.unified_diff(*texts, "Helm", "gpuctl", lineterm="", n=1))[:40]
    if errors and ours[0] and words(ours[2]) != words(theirs[2]):
        return ["gpuctl says", words(ours[2]), "Helm says", words(theirs[2])]
    return []


def tried(folder, programs, errors):
    tests = json.loads((folder / "tests.json").read_text())
    differing = 0
    for test in tests:
        chart = folder / test.get("chart", "")
        with tempfile.TemporaryDirectory() as room:
            if test.get("pack"):
                chart = packed(chart, room)
            command = command_of(test, folder, chart)
            how = run_into_files if test.get("files") else run
            found = difference(*(how(program, command) for program in programs), errors)
        if found:
            differing += 1
            print(f"{folder.name} {json.dumps(test)}", *(f"  {line}" for line in found), sep="\n")
    print(f"{folder.name}: {len(tests)} renderings, {differing} differ")
    return differing


def main():
    args = arguments()
    programs = [str(args.gpuctl), "chart", "template"], [helm_of(args.helm), "template"]
    folders = [CHARTS / name for name in args.chart] or sorted(path.parent for path in CHARTS.glob("*/tests.json"))
    sys.exit(sum(tried(folder, programs, args.errors) for folder in folders) > 0)


if __name__ == "__main__":
    main()
