"""What gpuctl loads when it starts, and what it says where a library that it loads late cannot be had. Usage: late_libraries.py GPUCTL"""

import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import unittest

CHART = pathlib.Path(__file__).resolve().parents[1] / "charts" / "operator"


def gpuctl(*words, **environment):
    return subprocess.run([GPUCTL, *words], check=False, capture_output=True, text=True, env={**os.environ, **environment})


class LateLibraries(unittest.TestCase):
    def test_a_start_loads_nothing_that_few_runs_need(self):
        loaded = gpuctl("--version", LD_TRACE_LOADED_OBJECTS="1").stdout
        self.assertIn("libssh.so", loaded)
        for name in ("libcurl", "libarchive", "libxml2", "libicu"):
            self.assertNotIn(name, loaded)

    def test_a_libarchive_that_cannot_be_loaded(self):
        with tempfile.TemporaryDirectory() as folder:
            packed = pathlib.Path(folder, "operator.tgz")
            with tarfile.open(packed, "w:gz") as tar:
                tar.add(CHART, "operator")
            self.assertEqual(gpuctl("chart", "template", "gpu", packed).returncode, 0)
            pathlib.Path(folder, "libarchive.so.13").write_text("no library", encoding="ascii")
            done = gpuctl("chart", "template", "gpu", packed, LD_LIBRARY_PATH=folder)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "libarchive cannot be loaded: .*libarchive.so.13")
        self.assertIn("install libarchive13", done.stderr)


if __name__ == "__main__":
    GPUCTL = sys.argv.pop()
    unittest.main()
