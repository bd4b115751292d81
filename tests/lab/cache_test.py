"""The lab's cache: an artefact is made once, whoever asks for it meanwhile."""

import os
import sys
import tempfile
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="gpuctl-cache-")
os.environ["GPUCTL_LAB_CACHE"] = FOLDER.name
sys.path.insert(0, str(Path(__file__).parent / "gpulab"))
import cache


class Made(unittest.TestCase):
    def test_by_the_first_of_several_who_ask_at_the_same_time(self):
        begun, go_on, made = threading.Event(), threading.Event(), []

        def make(folder):
            begun.set()
            go_on.wait(10)
            (folder / "file").write_text("made")
            made.append(folder)

        with ThreadPoolExecutor() as pool:
            first = pool.submit(cache.made, "thing", ["input"], make, "a thing")
            self.assertTrue(begun.wait(10))
            second = pool.submit(cache.made, "thing", ["input"], make, "a thing")
            go_on.set()
            self.assertEqual(first.result(10), second.result(10))
        self.assertEqual(len(made), 1)
        self.assertEqual((first.result() / "file").read_text(), "made")

    def test_one_artefact_needs_another(self):
        def outer(folder):
            cache.made("inner", [], lambda inner: (inner / "in").write_text("x"), "inner")
            (folder / "out").write_text("y")

        self.assertTrue((cache.made("outer", [], outer, "outer") / "out").exists())

    def test_what_fails_leaves_nothing_that_could_be_taken_for_it(self):
        def fails(folder):
            (folder / "half").write_text("")
            raise OSError("no")

        with self.assertRaises(OSError):
            cache.made("broken", [], fails, "broken")
        self.assertFalse(any(Path(FOLDER.name).glob("broken-*")))


if __name__ == "__main__":
    try:
        unittest.main()
    finally:
        FOLDER.cleanup()
