"""The real Helm and gpuctl against the same repositories and registry: what Helm pushed gpuctl fetches, to the byte what Helm
pulls, and each takes the locks and charts/ that the other wrote.

usage: helm_test.py LAB GPUCTL
Exit code 77: it cannot run here, and says why.
"""

import json
import os
import pathlib
import re
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from labtest.control_plane import program
from servers import ENDING, FOLDER, Home, Registry, Repository, index, pack, sha256

LIB = {version: pack("lib", version) for version in ("1.0.0", "1.4.0", "1.4.0+b.2", "2.0.0")}
PARENT = """apiVersion: v2
name: parent
version: 0.1.0
dependencies:
- {name: lib, version: ^1.0, repository: "REPO", condition: lib.on, tags: [a, b], import-values: [x, {child: a, parent: b}]}
- {name: farlib, version: 2.0.0, repository: "oci://OCI/charts", alias: far}
- {name: beside, version: ">=0.1 <1", repository: "file://../beside"}
- {name: inside, version: "*"}
"""


class Case(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        files = {f"/r/lib-{version}.tgz": data for version, data in LIB.items()}
        listed = [("lib", version, data, f"lib-{version}.tgz") for version, data in LIB.items()]
        cls.repository = Repository(files | {"/r/index.yaml": index(listed)})
        cls.registry = Registry(user=("me", "secret"))

    def setUp(self):
        self.home = Home(GPUCTL)
        self.helm("registry", "login", "--plain-http", self.registry.host, "-u", "me", "-p", "secret")

    def helm(self, *words, code=0, cwd=None):
        done = self.home.run(HELM, *words, cwd=cwd)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}{done.stderr}")
        return done

    def push(self, name, version):
        path = self.home.write(f"out/{name}-{version}.tgz", "")
        path.write_bytes(pack(name, version))
        self.helm("push", path, f"oci://{self.registry.host}/charts", "--plain-http")
        return path.read_bytes()

    def cached(self, digest):
        return (self.home.cache / "charts/sha256" / f"{digest}.tgz").read_bytes()

    def gpuctl(self, *words, code=0, cwd=None):
        done = self.home.chart(*words, cwd=cwd)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}{done.stderr}")
        return done

    def same_chart(self, *words, file):
        """Helm pulls the chart of these words, and gpuctl fetches the same bytes and renders the same of them."""
        self.helm("pull", *words)
        pulled = next(self.home.path.glob(file)).read_bytes()
        rendered = self.gpuctl("template", "rel", *words).stdout
        self.assertEqual(self.cached(sha256(pulled)), pulled)
        self.assertEqual(rendered, self.helm("template", "rel", *words).stdout)

    def test_repositories(self):
        url = f"{self.repository.url}/r"
        self.same_chart("lib", "--repo", url, file="lib-2.0.0.tgz")
        self.same_chart("lib", "--repo", url, "--version", "~1.4", file="lib-1.4.0*.tgz")
        self.helm("repo", "add", "ours", url)
        self.same_chart("ours/lib", "--version", "1.0.0", file="lib-1.0.0.tgz")
        self.assertIn('"9.x" not found', " ".join(self.gpuctl("template", "rel", "ours/lib", "--version", "9.x", code=1).stderr.split()))
        self.helm("template", "rel", "ours/lib", "--version", "9.x", code=1)

    def test_a_registry_that_helm_pushed_to(self):
        for version in ("1.0.0", "1.2.0+b.7", "2.0.0-rc.1"):
            self.push("pushed", version)
        at = f"oci://{self.registry.host}/charts/pushed"
        self.same_chart(at, "--plain-http", file="pushed-1.2.0*.tgz")
        self.same_chart(at, "--plain-http", "--version", "1.2.0+b.7", file="pushed-1.2.0*.tgz")
        self.same_chart(at, "--plain-http", "--version", "~1.0", file="pushed-1.0.0.tgz")
        self.same_chart(at, "--plain-http", "--devel", file="pushed-2.0.0*.tgz")
        self.same_chart(at + ":1.0.0", "--plain-http", file="pushed-1.0.0.tgz")

    def parent(self, text=PARENT):
        folder = self.home.path / "parent"
        shutil.rmtree(folder, ignore_errors=True)
        for name, version in (("beside", "0.2.0"), ("parent/charts/inside", "3.0.0"), ("parent", "")):
            base = pathlib.Path(name).name
            self.home.write(f"{name}/Chart.yaml", f"apiVersion: v2\nname: {base}\nversion: {version}\n")
            self.home.write(f"{name}/templates/a.yaml", "x: {{ .Chart.Name }}-{{ .Chart.Version }}\n")
        deep = "a" * 60 + "/" + "b" * 60
        self.home.write(f"beside/files/{deep}/c.txt", "deep")
        self.home.write("beside/templates/b.yaml", '{{ range $k, $_ := .Files.Glob "files/**" }}f: {{ $k }}{{ end }}\n')
        self.home.write("parent/Chart.yaml", text.replace("REPO", f"{self.repository.url}/r").replace("OCI", self.registry.host))
        return folder

    def lock(self, folder):
        """Chart.lock but for when it was written."""
        text = (folder / "Chart.lock").read_text()
        self.assertRegex(text, r'(?m)^generated: "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"$')
        return re.sub(r"generated: .*", "", text)

    def charts(self, folder):
        return {path.name: path.is_dir() or path.read_bytes() for path in (folder / "charts").iterdir() if not path.name.startswith("beside-")}

    def test_dependencies(self):
        self.registry.push("charts/farlib", "2.0.0", pack("farlib", "2.0.0"))
        folder = self.parent()
        self.helm("repo", "add", "ours", f"{self.repository.url}/r")
        theirs = self.helm("dependency", "update", folder, "--plain-http").stdout.splitlines()
        lock, charts = self.lock(folder), self.charts(folder)
        rendered = self.helm("template", "rel", folder).stdout
        self.parent()
        missing = "found in Chart.yaml, but missing in charts/ directory: lib, farlib, beside"
        said = " ".join(self.gpuctl("template", "rel", folder, code=1).stderr.split())
        self.assertIn(missing, said)
        self.assertIn(f"gpuctl chart dependency build {folder}", said)
        ours = self.gpuctl("dependency", "update", folder, "--plain-http").stdout.splitlines()
        self.assertEqual(ours, theirs[theirs.index("Saving 4 charts"):])
        self.assertEqual((self.lock(folder), self.charts(folder)), (lock, charts))
        self.assertEqual(self.gpuctl("template", "rel", folder).stdout, rendered)
        self.assertEqual(self.helm("template", "rel", folder).stdout, rendered)
        self.same_lists(folder)
        self.built_by_the_other(folder, rendered)

    def same_lists(self, folder):
        shutil.copy(folder / "charts/farlib-2.0.0.tgz", folder / "charts/stranger.tgz")
        self.home.write("parent/charts/_odd.tgz", "no chart")
        for words in ((folder,), (folder, "--max-col-width", "12")):
            self.assertEqual(self.gpuctl("dependency", "list", *words).stdout, self.helm("dependency", "list", *words).stdout)
        self.assertEqual(self.gpuctl("dependency", "list", cwd=folder).stdout, self.helm("dependency", "list", cwd=folder).stdout)
        none = self.home.path / "beside"
        self.assertEqual(self.gpuctl("dependency", "list", none).stdout, self.helm("dependency", "list", none).stdout)
        (folder / "charts/_odd.tgz").unlink()

    def built_by_the_other(self, folder, rendered):
        """Helm builds from our lock, and we from the same; what is outdated goes, and a lock of other dependencies is refused."""
        for run in (self.helm, self.gpuctl):
            for path in (folder / "charts").glob("*.tgz"):
                path.unlink()
            (folder / "charts/old-1.0.0.tgz").write_bytes(pack("old", "1.0.0"))
            lock = (folder / "Chart.lock").read_bytes()
            run("dependency", "build", folder, "--plain-http")
            self.assertEqual((folder / "Chart.lock").read_bytes(), lock)
            self.assertEqual(sorted(path.name for path in (folder / "charts").iterdir()),
                             ["beside-0.2.0.tgz", "farlib-2.0.0.tgz", "inside", "lib-1.4.0.tgz"])
            self.assertEqual(self.gpuctl("template", "rel", folder).stdout, rendered)
        self.home.write("parent/Chart.yaml", (folder / "Chart.yaml").read_text().replace("^1.0", "^1.1"))
        said = "the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please update the dependencies"
        self.assertIn(said, self.helm("dependency", "build", folder, "--plain-http", code=1).stderr)
        self.assertIn(said, " ".join(self.gpuctl("dependency", "build", folder, "--plain-http", code=1).stderr.split()))

    def test_names_and_old_charts(self):
        self.helm("repo", "add", "ours", f"{self.repository.url}/r")
        for text in ('apiVersion: v2\nname: parent\nversion: 0.1.0\ndependencies: [{name: lib, version: 1.x, repository: "@ours"}]\n',
                     'apiVersion: v2\nname: parent\nversion: 0.1.0\ndependencies: []\n',
                     "apiVersion: v1\nname: parent\nversion: 0.1.0\n"):
            folder = self.parent(text)
            lock = "Chart.lock"
            if "v1\n" in text:
                lock = "requirements.lock"
                self.home.write("parent/requirements.yaml", f"dependencies: [{{name: lib, version: 1.0.0, repository: {self.repository.url}/r}}]\n")
            self.helm("dependency", "update", folder)
            theirs = (folder / lock).read_text()
            (folder / lock).unlink()
            self.gpuctl("dependency", "update", folder)
            without = lambda told: re.sub(r"generated: .*", "", told)
            self.assertEqual(without((folder / lock).read_text()), without(theirs))
            self.helm("dependency", "build", folder)
            self.gpuctl("dependency", "build", folder)

    def test_a_fetch_that_fails_changes_nothing(self):
        folder = self.parent(PARENT.replace("2.0.0", "7.0.0"))
        (folder / "charts/old-1.0.0.tgz").write_bytes(pack("old", "1.0.0"))
        before = sorted(str(path) for path in folder.rglob("*"))
        done = self.gpuctl("dependency", "update", folder, "--plain-http", code=1)
        self.assertIn("manifests/7.0.0: HTTP status 404", " ".join(done.stderr.split()))
        self.assertIn(f"for dependency farlib of {folder}", " ".join(done.stderr.split()))
        self.assertEqual(sorted(str(path) for path in folder.rglob("*")), before)

    def test_dependency_update_of_template(self):
        self.registry.push("charts/farlib", "2.0.0", pack("farlib", "2.0.0"))
        folder = self.parent()
        done = self.gpuctl("template", "rel", folder, "--dependency-update", "--plain-http")
        self.assertIn("beside-0.2.0", done.stdout)
        self.assertNotIn("Saving", done.stdout)
        self.assertEqual(done.stdout, self.helm("template", "rel", folder).stdout)


if __name__ == "__main__":
    LAB, GPUCTL = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
    HELM = program(LAB, "helm")
    try:
        unittest.main()
    finally:
        ENDING.set()
        shutil.rmtree(FOLDER)
