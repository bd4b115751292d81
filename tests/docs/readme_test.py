"""README.md names step kinds, files and commands that exist, ARCHITECTURE.md every folder. Usage: readme_test.py ROOT"""

import pathlib
import re
import subprocess
import sys
import unittest

from playbook_test import kinds_of


class Readme(unittest.TestCase):
    def test_step_kinds(self):
        table = TEXT.split("## Step kinds")[1].split("## ")[0]
        self.assertEqual(set(re.findall(r"(?m)^\| `([a-z_]+)`", table)), kinds_of(ROOT))

    def test_folders_and_files_exist(self):
        named = re.findall(r"`((?:src|tests|playbooks|docs|man)/[\w./-]*)`", TEXT) + re.findall(r"\]\(([\w./]+)\)", TEXT)
        named += re.findall(r"\b((?:playbooks|man)/[\w.-]+)", TEXT) + re.findall(r"(?m)^\./(\w+)", TEXT)
        self.assertGreater(len(named), 10)
        self.assertEqual([name for name in named if not (ROOT / name).exists()], [])

    def test_every_folder_has_its_line_in_the_architecture(self):
        page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
        listing = subprocess.run(["git", "-C", ROOT, "ls-files", "src", "tests"], capture_output=True, text=True, check=False)
        if listing.returncode:
            self.skipTest("git cannot list the files")
        folders = {"/".join(name.split("/")[:2]) for name in listing.stdout.splitlines() if name.count("/") > 1}
        self.assertTrue(folders)
        self.assertEqual({folder for folder in folders if f"`{folder}/`" not in page}, set())

    def test_commands_are_verbs(self):
        page = (ROOT / "man/gpuctl.1").read_text(encoding="utf-8")
        verbs = set(re.findall(r"(?m)^\.It Cm (\w+)", page))
        said = set(re.findall(r"(?:build/src/|`|\$ )gpuctl (\w+)", TEXT))
        self.assertTrue(said)
        self.assertEqual(said - verbs, set())


if __name__ == "__main__":
    ROOT = pathlib.Path(sys.argv.pop(1))
    TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
    unittest.main()
