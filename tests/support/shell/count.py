"""Reads meson's testlog.json and prints: passed failed skipped. A log without a single result is an error."""

import json
import pathlib
import sys

passed = failed = skipped = 0
try:
    log = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
except OSError:
    sys.exit("no test ran")
for line in log.splitlines():
    result = json.loads(line)["result"]
    if result in ("OK", "EXPECTEDFAIL"):
        passed += 1
    elif result == "SKIP":
        skipped += 1
    else:
        failed += 1
if passed + failed + skipped == 0:
    sys.exit("no test ran")
print(passed, failed, skipped)
