"""The real Helm installs, upgrades and rolls back a chart on a control plane on the loopback, and `gpuctl release` must say
the same of it, to the byte where it is text; then each stored release is written again by gpuctl, and Helm must read it as
before and go on with it.

usage: release_test.py LAB GPUCTL RELEASE_AGAIN
Exit code 77: it cannot run here, and says why.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from labtest.control_plane import ControlPlane, program

CHART = {
    "Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: v9.0\ndescription: a <b> & c\n",
    "values.yaml": "replicas: 1000000\nname: a\nlist: [1, 2.5, yes]\nnothing: null\n",
    "values.schema.json": '{"type": "object"}\n',
    "README.md": "# Übung\n",
    "templates/NOTES.txt": "\nRevision {{ .Release.Revision }} of {{ .Release.Name }}\n",
    "templates/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\ndata:\n  values: {{ .Values | toJson | quote }}\n",
    "templates/hook.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-hook\n  annotations:\n"
    '    helm.sh/hook: pre-upgrade\n    helm.sh/hook-weight: "-5"\n',
    "templates/wrong.yaml": "{{ if .Values.wrong }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: wrong}\ndata: {a: {b: c}}\n{{ end }}\n",
}
FORMATS = ("table", "json", "yaml")


def apart(status):
    """What is said of a release, and the rows that say something of its objects."""
    at, end = status.find("RESOURCES:\n"), status.find("TEST SUITE:")
    if at < 0:
        return status, []
    return status[:at] + status[end:], [row for row in status[at:end].splitlines()[1:] if row and not row.startswith("KIND")]


class Releases(unittest.TestCase):
    maxDiff = None

    def ask(self, *words, code=0, stdin=None):
        environment = {**os.environ, "KUBECONFIG": PLANE.kubeconfig, "HOME": str(PLANE.folder), "TZ": "UTC"}
        done = subprocess.run([str(word) for word in words], capture_output=True, check=False, env=environment, input=stdin, timeout=120)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout.decode()}{done.stderr.decode()}")
        return done.stdout.decode()

    def helm(self, *words, code=0):
        return self.ask(HELM, *words, code=code)

    def kubectl(self, *words, stdin=None):
        return self.ask(PLANE.kube, "kubectl", *words, stdin=stdin)

    def gpuctl(self, *words, code=0):
        return self.ask(GPUCTL, "release", *words, code=code)

    def same(self, *words):
        """Helm and gpuctl print the same for these words, in each format."""
        for form in FORMATS:
            with self.subTest(words=words, format=form):
                theirs, ours = self.helm(*words, "-o", form), self.gpuctl(*words, "-o", form)
                if form == "json":
                    self.assertEqual(json.loads(ours), json.loads(theirs))
                if form != "json" or words[0] != "status":
                    self.assertEqual(ours, theirs)

    def secrets(self):
        return json.loads(self.kubectl("get", "secrets", "-A", "-l", "owner=helm", "-o", "json"))["items"]

    def make_releases(self):
        chart = PLANE.folder / "shop"
        for name, text in CHART.items():
            (chart / name).parent.mkdir(parents=True, exist_ok=True)
            (chart / name).write_text(text)
        self.helm("install", "one", chart, "-n", "shop", "--create-namespace", "--description", "The first\nof two lines")
        self.helm("upgrade", "one", chart, "-n", "shop", "--set", "name=b,big=12345678901", "--labels", "team=blue")
        self.helm("upgrade", "one", chart, "-n", "shop", "--set", "wrong=true", code=1)
        self.helm("rollback", "one", "1", "-n", "shop")
        self.helm("install", "two", chart)
        self.helm("install", "gone", chart)
        self.helm("uninstall", "gone", "--keep-history")

    def test_gpuctl_says_what_helm_says_and_helm_reads_what_gpuctl_writes(self):
        self.make_releases()
        self.compared()
        before = self.read_by_helm()
        self.write_again()
        self.assertEqual(self.read_by_helm(), before)
        self.compared()
        self.helm("rollback", "one", "2", "-n", "shop")
        self.assertIn('"name":"b"', json.loads(self.kubectl("get", "configmap", "one", "-n", "shop", "-o", "json"))["data"]["values"])
        self.helm("upgrade", "two", PLANE.folder / "shop", "--set", "name=c", "--labels", "team=red")
        self.compared()
        self.asks_once()
        self.refusals()

    def compared(self):
        for words in ((), ("-A",), ("-n", "shop"), ("-A", "--superseded"), ("--uninstalled",), ("-A", "--failed", "--deployed"), ("-A", "-f", "o$"),
                      ("-A", "-d"), ("-A", "-r", "--max", "1"), ("-A", "--offset", "1"), ("-n", "nothing"), ("-A", "-q"), ("-A", "-l", "name=one"), ("-A", "-l", "team in (red, blue),version!=1"), ("-A", "-l", "!team"),
                      ("-A", "-l", "status=superseded"), ("-A", "-l", ""), ("-A", "--time-format", "2006-01-02 15:04 MST")):
            self.same("list", *words)
        self.same("history", "one", "-n", "shop")
        self.same("history", "one", "-n", "shop", "--max", "2")
        for revision in range(1, 5):
            self.same_status("one", "-n", "shop", "--revision", revision)
        self.same_status("two")
        self.same_status("gone")

    def same_status(self, *words):
        """But for the objects of the release: Helm prints the server's columns of those that are there, gpuctl how each one stands."""
        theirs, ours = (json.loads(ask("status", *words, "-o", "json")) for ask in (self.helm, self.gpuctl))
        theirs["info"].pop("resources", None)
        self.assertEqual(ours, theirs)
        (theirs, helm_objects), (ours, objects) = (apart(ask("status", *words)) for ask in (self.helm, self.gpuctl))
        self.assertEqual(ours, theirs)
        there = [row.split()[2] for row in objects if row.split()[3] == "there"]
        self.assertEqual(there, [row.split()[0] for row in helm_objects if row and not row.startswith(("==>", "NAME"))])
        self.assertLessEqual({row.split()[3] for row in objects}, {"there", "absent"})

    def read_by_helm(self):
        out = []
        for revision in map(str, range(1, 5)):
            for what in ("values", "manifest", "hooks", "notes", "metadata"):
                out.append(self.helm("get", what, "one", "-n", "shop", "--revision", revision))
            out.append(self.helm("get", "values", "-a", "one", "-n", "shop", "--revision", revision, "-o", "json"))
        return [*out, self.helm("list", "-A"), self.helm("history", "one", "-n", "shop"), self.helm("get", "values", "two", "-a")]

    def write_again(self):
        for secret in self.secrets():
            stored = base64.b64decode(secret["data"]["release"])
            again = self.ask(AGAIN, stdin=stored).encode()
            self.assertNotEqual(again, stored)
            patch = json.dumps({"data": {"release": base64.b64encode(again).decode()}})
            self.kubectl("patch", "secret", secret["metadata"]["name"], "-n", secret["metadata"]["namespace"], "--type=merge", "--patch-file=/dev/stdin",
                         stdin=patch.encode())

    def asks_once(self):
        """One connection serves a command, and what gives out its credentials runs once."""
        config = json.loads(self.kubectl("config", "view", "--raw", "-o", "json"))
        runs, plugin, credential = (PLANE.folder / name for name in ("runs", "plugin", "credential"))
        user = config["users"][0]["user"]
        status = {ours: base64.b64decode(user[theirs]).decode() for ours, theirs in
                  (("clientCertificateData", "client-certificate-data"), ("clientKeyData", "client-key-data"))}
        api = "client.authentication.k8s.io/v1"
        credential.write_text(json.dumps({"apiVersion": api, "kind": "ExecCredential", "status": status}))
        plugin.write_text(f"#!/bin/sh\necho >> {runs}\ncat {credential}\n")
        plugin.chmod(0o755)
        config["users"][0]["user"] = {"exec": {"apiVersion": api, "command": str(plugin), "interactiveMode": "Never"}}
        through = PLANE.folder / "through.yaml"
        through.write_text(json.dumps(config))
        for words in (("list",), ("status", "two"), ("history", "two"), ("rollback", "two", "--dry-run"), ("uninstall", "two", "none", "--ignore-not-found", "--dry-run")):
            with self.subTest(words=words):
                runs.write_text("")
                self.gpuctl(*words, "--kubeconfig", through)
                self.assertEqual(runs.read_text(), "\n")

    def refusals(self):
        self.gpuctl("status", "none", code=1)
        self.gpuctl("history", "one", code=1)
        self.gpuctl("status", "one", "-n", "shop", "--revision", "77", code=1)
        self.gpuctl("list", "-f", "(", code=64)
        self.gpuctl("list", "-l", "a in", code=64)
        self.gpuctl("list", "--kube-context", "none", code=1)
        # One that cannot be read is told of, and the others are listed.
        self.kubectl("create", "secret", "generic", "sh.helm.release.v1.rotten.v1", "--from-literal=release=H4sIAAAA")
        self.kubectl("label", "secret", "sh.helm.release.v1.rotten.v1", "owner=helm", "name=rotten")
        self.assertEqual(self.gpuctl("list", "-A", code=1), self.helm("list", "-A"))


if __name__ == "__main__":
    lab, GPUCTL, AGAIN = sys.argv[1:4]
    HELM = os.environ.get("GPUCTL_HELM") or program(lab, "helm")
    with ControlPlane(lab) as PLANE:
        done = unittest.main(argv=sys.argv[:1], exit=False)
    sys.exit(not done.result.wasSuccessful())
