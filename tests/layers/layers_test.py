"""The layers test can fail: each breach, made in a small tree, is found, and nothing else is."""

import pathlib
import tempfile
import unittest

import layers

CORE = {"src/core/facts.hpp": "#pragma once\n#include <string>\n", "src/main.cpp": '#include "core/facts.hpp"\n'}
BREACHES = {
    "a room above": ("src/core/bad.cpp", '#include "view/text.hpp"\n', "core/ may not include view/"),
    "steps reach for ssh": ("src/steps/bad.cpp", '#include "ssh/session.hpp"\n', "steps/ may not include ssh/"),
    "engine reaches for host": ("src/engine/bad.cpp", '#include "host/node.hpp"\n', "engine/ may not include host/"),
    "a library outside its room": ("src/engine/bad.cpp", "#include <libssh/libssh.h>\n", "belongs to ssh/ alone"),
    "json in a core header": ("src/core/bad.hpp", "#pragma once\n#include <nlohmann/json.hpp>\n", "belongs to"),
    "json in a header": ("src/view/bad.hpp", "#pragma once\n#include <nlohmann/json.hpp>\n", "is for .cpp files"),
    "fmt in a core header": ("src/core/bad.hpp", "#pragma once\n#include <fmt/core.h>\n", "in a header of core/"),
    "an effect in a pure room": ("src/steps/bad.cpp", "#include <fstream>\n", "which is pure"),
    "a system call in a pure room": ("src/view/bad.cpp", "#include <sys/stat.h>\n", "which is pure"),
    "a library without a room": ("src/cli/bad.cpp", "#include <boost/any.hpp>\n", "no room is named for"),
    "a relative include": ("src/core/bad.cpp", '#include "facts.hpp"\n', "named from there"),
    "doctest in the program": ("src/core/bad.cpp", "#include <doctest/doctest.h>\n", "tests only"),
    "a loose file": ("src/bad.cpp", "\n", "only main.cpp"),
    "an unknown room": ("src/misc/bad.cpp", "\n", "no room of the table"),
    "no guard": ("src/core/bad.hpp", "struct A {};\n", "#pragma once"),
    "a name nobody uses": ("src/core/bad.cpp", "using std::string;\nstd::string text;\n", "string: nothing here uses it"),
    "a nap": ("src/host/bad.cpp", "std::this_thread::sleep_for(1s);\n", "wait for a condition"),
    "a long file": ("src/core/bad.cpp", "\n" * 401, "401 lines"),
}
OTHERS = ("src/view/text.hpp", "src/ssh/session.hpp", "src/host/node.hpp")


class Layers(unittest.TestCase):
    def complaints(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {**CORE, **files}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            return list(layers.complaints(root))

    def test_a_good_tree_is_left_alone(self):
        self.assertEqual(self.complaints({name: "#pragma once\n" for name in OTHERS}), [])

    def test_an_empty_tree_is_no_success(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertTrue(list(layers.complaints(pathlib.Path(folder))))

    def test_each_breach_is_the_only_complaint(self):
        for title, (name, text, expected) in BREACHES.items():
            with self.subTest(title):
                found = self.complaints({**{other: "#pragma once\n" for other in OTHERS}, name: text})
                self.assertEqual(len(found), 1, found)
                self.assertIn(name, found[0])
                self.assertIn(expected, found[0])


if __name__ == "__main__":
    unittest.main()
