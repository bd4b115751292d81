"""Prints what ninja has to build for one suite's tests: the programs they are, and those they depend on. Usage: programs.py BUILD SUITE"""

import json
import os
import subprocess
import sys

folder, suite = os.path.realpath(sys.argv[1]) + "/", sys.argv[2]


def introspected(what):
    return json.loads(subprocess.run(["meson", "introspect", folder, what], check=True, capture_output=True, text=True).stdout)


tests = [test for test in introspected("--tests") if suite in (name.split(":")[-1] for name in test["suite"])]
needed = {target for test in tests for target in test["depends"]}
files = {test["cmd"][0] for test in tests}
files |= {file for target in introspected("--targets") if target["id"] in needed for file in target["filename"]}
print("\n".join(sorted(file.removeprefix(folder) for file in files if file.startswith(folder))))
