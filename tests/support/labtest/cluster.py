"""The site with its cluster: a control plane on a machine of its own, and the node that joins it."""

import json
import os
import shutil
import subprocess

from labtest import lab, node, overlay, places
from labtest.expect import Failure
from labtest.gpuctl import Gpuctl

MACHINES = ("k3s-gpu-worker", "k3s-server")
OPERATOR = places.TOP / "tests/lab/operator"


def kubectl(*words, stdin=None):
    """`lab kubectl WORDS` that must succeed; its output."""
    given = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
    done = subprocess.run([places.LAB, "kubectl", *map(str, words)], capture_output=True, text=True, check=False, **given)
    if done.returncode != 0:
        raise Failure(f"kubectl {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def helm(*words):
    """The real Helm as the cluster's administrator; its output. It must succeed."""
    home = places.WORK / "helm-home"
    home.mkdir(parents=True, exist_ok=True)
    line = [lab.call("program", "helm").strip(), *map(str, words)]
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "TZ": "UTC", "KUBECONFIG": kubeconfig()}
    done = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120, env=env)
    if done.returncode != 0:
        raise Failure(f"helm {' '.join(line[1:])} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def objects(kind, *words):
    return json.loads(kubectl("get", kind, "-o", "json", *words))["items"]


def history(release, space="gpu-operator"):
    """(revision, status) of each revision of a release, by the labels of its Secrets."""
    labels = [one["metadata"]["labels"] for one in objects("secrets", "-n", space, "-l", f"owner=helm,name={release}")]
    return sorted((int(one["version"]), one["status"]) for one in labels)


def wait_for(what, condition, seconds=120):
    """`kubectl wait`, by a watch."""
    kubectl("wait", "--timeout", f"{seconds}s", f"--for={condition}", *what)


def until(holds, kind, *words, seconds=120):
    """Watches objects until one is as wanted."""
    watch = [places.LAB, "kubectl", "get", kind, "-o", "json", "--watch", f"--request-timeout={seconds}s", *words]
    with subprocess.Popen(watch, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        document = ""
        for row in process.stdout:
            document += row
            if row.rstrip("\n") != "}":
                continue
            if holds(json.loads(document)):
                process.kill()
                return
            document = ""
    raise Failure(f"no {kind} was as wanted within {seconds} s")


def site(hosts=None, access=None, steps=(), **variables):
    """For the whole of playbooks/k3s-gpu-worker.yaml."""
    text = overlay.site(hosts, steps, **{"operator_repository": "", "operator_chart": str(OPERATOR), "operator_version": "", **variables})
    text["cluster"] = access or {"kubeconfig": kubeconfig()}
    return text


def kubeconfig(*words):
    """The path of what `lab kubeconfig WORDS` prints."""
    path = places.WORK / "-".join(("kubeconfig", *(word.strip("-") for word in words)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lab.call("kubeconfig", *words))
    path.chmod(0o600)
    return str(path)


def bare():
    """A new cluster, and a node that knows nothing of GPUs."""
    lab.call("reset", *reversed(MACHINES))


def provisioned(folder):
    """The site as gpuctl makes it, from bare."""
    bare()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    gpuctl = Gpuctl(folder)
    gpuctl.trust(lab.env()["CHARTS_CA"])
    gpuctl.playbook = places.SITE
    gpuctl.use(site())
    gpuctl.provision().ended(0)
    return node.one("k3s-gpu-worker")
