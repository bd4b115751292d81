"""clang-tidy over src/, as .clang-tidy has it. A file is read again only when it, a header of ours below it, or the checks have changed.

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


def below(path, seen):
    """The file and every header of ours that it reaches."""
    if path in seen or not path.is_file():
        return seen
    seen.add(path)
    for header in OWN.findall(path.read_text(encoding="utf-8")):
        below(TOP / "src" / header, seen)
    return seen


def key(path, common):
    sha = hashlib.sha256(common)
    for part in sorted(below(path, set())):
        sha.update(str(part.relative_to(TOP)).encode() + b"\0" + part.read_bytes())
    return sha.hexdigest()


def read(build, path):
    done = subprocess.run([TOOL, "-p", build, "--quiet", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = done.stdout.strip() or (done.stderr.strip() if done.returncode else "")
    return done.returncode, said


def main(build, stamps):
    sources = sorted({pathlib.Path(row["directory"], row["file"]).resolve()
                      for row in json.loads(pathlib.Path(build, "compile_commands.json").read_text(encoding="utf-8"))})
    sources = [path for path in sources if path.is_relative_to(TOP / "src")]
    version = subprocess.run([TOOL, "--version"], check=True, capture_output=True).stdout
    common = version + (TOP / ".clang-tidy").read_bytes()
    stamps.mkdir(parents=True, exist_ok=True)
    keys = {path: key(path, common) for path in sources}
    due = [path for path in sources if not (stamps / keys[path]).exists()]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, (rc, said) in zip(due, pool.map(lambda path: read(build, path), due)):
            if rc == 0:
                (stamps / keys[path]).touch()
            else:
                failed += 1
                print(f"{path.relative_to(TOP)}\n{said}\n", flush=True)
    for stamp in stamps.iterdir():
        if stamp.name not in keys.values():
            stamp.unlink()
    print(f"{len(sources)} files, {len(due)} read, {failed} with findings")
    return 1 if failed or not sources else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
