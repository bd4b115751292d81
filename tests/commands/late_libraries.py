"""What gpuctl loads when it starts, and what it says where a library that it loads late cannot be had. Usage: late_libraries.py GPUCTL"""

import os
import pathlib
import socket
import subprocess
import sys
import tarfile
import tempfile
import unittest

CHART = pathlib.Path(__file__).resolve().parents[1] / "charts" / "operator"

PLAYBOOK = """\
apiVersion: gpuctl/v1
hosts:
  node: {address: 127.0.0.1, port: %d, host_key: "SHA256:%s"}
steps:
  - name: true is there
    check: {command: ["true"]}
"""


def gpuctl(*words, **environment):
    return subprocess.run([GPUCTL, *words], check=False, capture_output=True, text=True, env={**os.environ, **environment})


class LateLibraries(unittest.TestCase):
    def test_a_start_loads_nothing_that_few_runs_need(self):
        loaded = gpuctl("--version", LD_TRACE_LOADED_OBJECTS="1").stdout
        self.assertIn("libyaml", loaded)
        for name in ("libssh", "libkrb5", "libgssapi", "libcurl", "libarchive", "libxml2", "libicu"):
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

    def test_a_libssh_that_cannot_be_loaded(self):
        with socket.create_server(("127.0.0.1", 0)) as server, tempfile.TemporaryDirectory() as folder:
            playbook = pathlib.Path(folder, "p.yaml")
            playbook.write_text(PLAYBOOK % (server.getsockname()[1], "A" * 43), encoding="ascii")
            pathlib.Path(folder, "libssh.so.4").write_text("no library", encoding="ascii")
            done = gpuctl("plan", playbook, LD_LIBRARY_PATH=folder, XDG_STATE_HOME=folder)
        self.assertRegex(done.stdout + done.stderr, "libssh cannot be loaded: .*libssh.so.4")
        self.assertIn("install libssh-4", done.stdout + done.stderr)
        self.assertEqual(done.returncode, 3)


if __name__ == "__main__":
    GPUCTL = sys.argv.pop()
    unittest.main()
