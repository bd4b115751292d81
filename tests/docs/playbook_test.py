"""gpuctl-playbook(5) says what the parser knows: each step kind and parameter is documented, and none is invented.

The parser asks for its keys by name, `params.text("uri")`, and an unknown key is what nobody asked for; so the keys are read where they are
asked for: those of a kind in src/steps/KIND.cpp, those of a playbook in src/playbook/. Usage: playbook_test.py ROOT
"""

import pathlib
import re
import sys
import unittest

import roff

METHODS = "text|flag|integer|texts|pairs|duration|bytes|one_of|mapping|node|has|find"
# params.text("uri"), and absolute(params, "keyring", …)
ASKED = re.compile(rf'(?:\.(?:{METHODS})\(|\((?:params|key|below),)\s*"([A-Za-z_]+)"(?!")')
# What reads the parameters of a kind beside KIND.cpp.
ALSO = {"test_pod": ["pod_fields.cpp"], "helm_release": ["helm_values.cpp"]}
KIND = re.compile(r'\bkind\s*=\s*"([a-z_]+)"')


def asked(files):
    return {key for file in files for key in ASKED.findall(file.read_text(encoding="utf-8"))}


def kinds_of(root):
    return {kind for file in (root / "src/steps").glob("*.hpp") for kind in KIND.findall(file.read_text(encoding="utf-8"))}


class PlaybookPage(unittest.TestCase):
    def test_every_kind_has_its_section(self):
        self.assertTrue(kinds_of(ROOT))
        self.assertEqual({title for title in PAGE if re.fullmatch(r"[a-z_]+", title)}, kinds_of(ROOT))

    def test_every_parameter_is_documented_and_none_is_invented(self):
        for kind in sorted(kinds_of(ROOT)):
            with self.subTest(kind):
                files = [ROOT / "src/steps" / name for name in [f"{kind}.cpp", *ALSO.get(kind, [])]]
                self.assertEqual(set(PAGE[kind]["Cm"]), asked(files))

    def test_every_key_around_the_steps(self):
        around = {key for title, items in PAGE.items() if title not in kinds_of(ROOT) for key in items["Cm"]}
        self.assertEqual(around, asked((ROOT / "src/playbook").glob("*.cpp")))


if __name__ == "__main__":
    ROOT = pathlib.Path(sys.argv.pop(1))
    PAGE = roff.sections(ROOT / "man/gpuctl-playbook.5")
    unittest.main()
