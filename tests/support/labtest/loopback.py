"""Cases of gpuctl against the control plane on the loopback: loopback.py FILE... [-- WORD...] runs the files' cases, or those
whose title has one of the words, all against one control plane. Exit 77: cannot run here."""

import os
import runpy
import shutil
import subprocess
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("GPUCTL_TEST_FOLDER", str(Path(__file__).resolve().parents[3] / "build/loopback-tests"))

from labtest import golden, kubeconfig, places
from labtest.control_plane import ControlPlane, certificate
from labtest.expect import Failure
from labtest.gpuctl import Gpuctl
from labtest.overlay import write

cases = []
CONFIG_MAP = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  key: value
"""
RIGHTS = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {{name: {name}}}
rules:
- {rule}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {{name: {name}}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {name}}}
subjects: [{{kind: ServiceAccount, namespace: default, name: {name}}}]
"""


def case(title):
    """Declares a function as a case."""

    def declare(function):
        cases.append((title, function))
        return function

    return declare


class Test:
    """What a case is given: its folder, the cluster, a kubeconfig, gpuctl."""

    def __init__(self, title, plane):
        self.folder = places.fresh(title)
        self.plane = plane
        self.gpuctl = Gpuctl(self.folder)
        self.gpuctl.overlays = []
        self.kubeconfig()

    def kubeconfig(self, **differs):
        """The administrator's, by way of the proxy, but for what differs; see labtest.kubeconfig."""
        own = {"server": self.plane.proxied, "issuer": self.plane.tls / "server-ca.crt", "user": kubeconfig.pair(self.plane.tls / "client-admin")}
        self.config = self.folder / "kubeconfig"
        self.config.write_text(kubeconfig.text(**{**own, **differs}))

    def playbook(self, *steps, **cluster):
        """A playbook about the cluster alone; the host is never asked."""
        text = {"apiVersion": "gpuctl/v1", "hosts": {"node1": {"address": "127.0.0.1"}}, "steps": steps}
        text["cluster"] = cluster or {"kubeconfig": str(self.config)}
        self.gpuctl.playbook = write(self.folder, "playbook.yaml", text)

    def manifests(self, text, name="objects.yaml", space="faults", **more):
        """A playbook that applies these."""
        (self.folder / name).write_text(text)
        self.playbook({"namespace": {"name": space}}, {"manifests": {"path": name, "namespace": space, "set": space, **more}})

    def certificate(self, name, days=2):
        """A user's client certificate: its path without the ending."""
        return certificate(self.folder, self.plane.tls, name, days)

    def kubectl(self, *words, stdin=None):
        """kubectl as the administrator, past the proxy; it must succeed."""
        line = [self.plane.kube, "kubectl", f"--kubeconfig={self.plane.kubeconfig}", *map(str, words)]
        given = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
        done = subprocess.run(line, capture_output=True, text=True, check=False, **given)
        if done.returncode != 0:
            raise Failure(f"kubectl {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def helm_words(self, *words):
        """Helm as the administrator, past the proxy, with a home of its own."""
        home = self.folder / "helm"
        places = {"KUBECONFIG": self.plane.kubeconfig, "HOME": home, "TZ": "UTC", "PATH": os.environ["PATH"]}
        return ["env", "-i", *(f"{name}={value}" for name, value in places.items()), self.plane.program("helm"), *map(str, words)]

    def helm(self, *words):
        """It must succeed."""
        done = subprocess.run(self.helm_words(*words), capture_output=True, text=True, check=False, timeout=120)
        if done.returncode != 0:
            raise Failure(f"helm {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def command(self, *words):
        """A verb of gpuctl's that has no playbook."""
        return self.gpuctl.command(*words)

    def grant(self, account, rule):
        """A right for a ServiceAccount of the default namespace, everywhere."""
        self.kubectl("apply", "-f", "-", stdin=RIGHTS.format(name=account, rule=rule))

    def fault(self, kind, **rule):
        self.plane.fault(kind, **rule)

    def sound(self):
        self.plane.fault()

    def failed(self, name):
        """provision fails, and this is what it says of that: not the plan before it, nor the steps that went well."""
        run = self.gpuctl.provision().ended(1)
        self.golden(name, golden.failure(run.out) + run.err)

    def golden(self, name, text):
        names = {self.plane.proxied: "<proxy>", self.plane.url: "<api>", str(self.plane.folder): "<plane>", str(self.folder): "<folder>"}
        for value, mark in names.items():
            text = text.replace(value, mark)
        golden.settle(f"cluster/{name}.txt", golden.tidy(text))

    def converges(self):
        """The cause is gone: the next run does what is left, and then all holds."""
        self.sound()
        self.gpuctl.provision().ended(0)
        self.gpuctl.verify().ended(0)


def run(title, function, plane):
    """Whether the case passed; one line, and on failure what was wrong and where to look."""
    began, problem, test = time.monotonic(), "", None
    try:
        plane.fault()
        test = Test(title, plane)
        function(test)
    except Failure as failure:
        problem = str(failure)
    except Exception:  # a bug of the test's own
        problem = traceback.format_exc()
    print(f"{'FAILED' if problem else 'ok':<6} {time.monotonic() - began:5.1f} s  {title}", flush=True)
    if problem:
        print(f"{problem}\nwhat it left is in {test.folder if test else 'no folder'}\n", flush=True)
    elif test:
        shutil.rmtree(test.folder)
    return not problem


def main(words):
    at = words.index("--") if "--" in words else len(words)
    files, wanted = words[:at], words[at + 1 :]
    if not places.GPUCTL.exists():
        print(f"{places.GPUCTL} is not built; run ninja -C build, or set GPUCTL")
        return 1
    for file in files:
        sys.path.insert(0, str(Path(file).resolve().parent))
        runpy.run_path(file)
    chosen = [one for one in cases if not wanted or any(word in one[0] for word in wanted)]
    with ControlPlane(places.LAB) as plane:
        failed = sum(not run(*one, plane) for one in chosen)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    from labtest import loopback  # the module that the files know, not __main__

    sys.exit(loopback.main(sys.argv[1:]))
