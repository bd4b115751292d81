"""The lab's Go: the version that is fetched where the machine's is too old is new enough for each of the lab's modules."""

import re
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "gpulab"))
import golang


class Wanted(unittest.TestCase):
    def test_is_new_enough_for_every_module(self):
        modules = sorted((HERE / "programs").glob("*/go.mod"))
        self.assertGreater(len(modules), 5)
        for path in modules:
            asked = re.search(r"^go (\d+)\.(\d+)(?:\.(\d+))?$", path.read_text(), re.MULTILINE)
            self.assertLessEqual(tuple(int(part or 0) for part in asked.groups()), golang.WANTED, path.parent.name)


if __name__ == "__main__":
    unittest.main()
