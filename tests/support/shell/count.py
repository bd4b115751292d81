"""Reads meson's testlog.json and prints: passed failed skipped. A log without a single result is an error."""

import json
import sys

passed = failed = skipped = 0
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
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
