"""gpuctl(1) says what `gpuctl --help` says: each verb and flag is documented, and none is invented.

Usage: program_test.py GPUCTL MAN/gpuctl.1
"""

import pathlib
import re
import subprocess
import sys
import unittest

import roff


def help_of(*words):
    return subprocess.run([GPUCTL, *words, "--help"], check=True, capture_output=True, text=True).stdout


def verbs(*words):
    """The names below the heading `Commands:` of a help text."""
    below = re.split(r"(?im)^commands:\s*$", help_of(*words))
    return re.findall(r"(?m)^  ([a-z][a-z-]*)\b", below[1]) if len(below) == 2 else []


def flags(*words):
    """The long flags that a help text lists, but for --help itself."""
    rows = re.findall(r"(?m)^\s{1,8}((?:-\w,\s*)?--[a-z].*)$", help_of(*words))
    return {flag for row in rows for flag in re.findall(r"--[a-z][a-z-]*", row.split("  ")[0])} - {"--help"}


def commands():
    """Each verb, and for one that has verbs of its own each of those."""
    def below(*words):
        return [found for verb in verbs(*words) for found in below(*words, verb)] or [words]

    return below()


def documented(words):
    """The flags in the subsections whose title names the command."""
    titles = [title for title in PAGE if set(words) <= set(re.findall(r"[a-z]+", title))]
    return {f"-{flag}" for title in titles for flag in PAGE[title]["Fl"] if flag.startswith("-")}


class ManPage(unittest.TestCase):
    def test_every_verb_is_documented_and_none_is_invented(self):
        self.assertTrue(verbs())
        self.assertEqual(set(PAGE["DESCRIPTION"]["Cm"]), set(verbs()))

    def test_every_flag_is_documented_and_none_is_invented(self):
        for words in commands():
            with self.subTest(" ".join(words)):
                self.assertEqual(documented(words), flags(*words))

    def test_flags_without_a_verb(self):
        self.assertEqual({f"-{flag}" for flag in PAGE["OPTIONS"]["Fl"]} - {"--help"}, flags())


if __name__ == "__main__":
    GPUCTL = sys.argv.pop(1)
    PAGE = roff.sections(pathlib.Path(sys.argv.pop(1)))
    unittest.main()
