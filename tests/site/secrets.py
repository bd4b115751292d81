"""Values of Secrets reach the cluster, and nothing else: no saved plan, no record, no report, nothing that is printed."""

import base64
import json

from labtest import cluster, expect, lab, overlay
from labtest.case import case

NODE = "k3s-gpu-worker"
OLD, NEW, FOREIGN = "correct-horse-battery", "staple-of-another-kind", "put-there-by-somebody"
machines = {"state": "as it is", "machines": cluster.MACHINES}


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def secret(value):
    wrapped = "\n".join(encoded("wrapped " + value)[at : at + 8] for at in range(0, 48, 8)) + "\n"
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "pull", "namespace": "secrets"},
        "stringData": {"password": value},
        "data": {"given": encoded("given " + value), "wrapped": wrapped},
    }


def site(t, value):
    """A playbook of two steps, with the Secret in a file beside it."""
    (t.folder / "manifests").mkdir(exist_ok=True)
    (t.folder / "manifests/secret.json").write_text(json.dumps(secret(value)))
    steps = [{"namespace": {"name": "secrets"}}, {"manifests": {"path": "manifests", "force": True}}]
    text = {"apiVersion": "gpuctl/v1", "hosts": {NODE: overlay.host()}, "cluster": {"kubeconfig": cluster.kubeconfig()}, "steps": steps}
    t.gpuctl.playbook, t.gpuctl.overlays = overlay.write(t.folder, "site.json", text), []


def in_cluster(key="password"):
    data = json.loads(cluster.kubectl("get", "secret", "-n", "secrets", "pull", "-o", "json"))["data"]
    return base64.b64decode(data[key]).decode()


def nowhere(t):
    """No file that gpuctl has written, and nothing that it has said, has a value in any form."""
    files = [path for path in t.folder.rglob("*") if path.is_file() and path.parent.name != "manifests"]
    expect.within(len(files), 8, 1000, "files that were looked at")
    for value in (OLD, NEW, FOREIGN):
        for text in (value, *(encoded(before + value)[:12] for before in ("", "given ", "wrapped "))):
            for path in files:
                expect.that(text not in path.read_text(errors="replace"), f"{path} holds `{text}`")


def everything(t, verb, *words):
    """A run that writes all that it can."""
    name = f"{verb}-{t.gpuctl.count}"
    return t.gpuctl.run(verb, "--verbose", "--junit", t.folder / f"{name}.xml", *words)


@case("a saved plan has none of them, and performing it brings them all", **machines)
def performed(t):
    lab.call("up", *reversed(cluster.MACHINES))
    cluster.kubectl("delete", "namespace", "secrets", "--ignore-not-found")
    site(t, OLD)
    saved = t.folder / "plan.json"
    everything(t, "plan", "--out", saved).ended(2)
    everything(t, "provision", "--yes", "--plan", saved).ended(0)
    for key, before in (("password", ""), ("given", "given "), ("wrapped", "wrapped ")):
        expect.equal(in_cluster(key), before + OLD, f"{key} in the cluster")
    everything(t, "plan").ended(0)
    everything(t, "verify").ended(0)
    t.gpuctl.run("facts", NODE, "--json", t.folder / "facts.json").ended(0)
    nowhere(t)


@case("a value that somebody changed, and his copy of it, are not told either, and are repaired", **machines)
def changed(t):
    site(t, OLD)
    copy = {"metadata": {"annotations": {"kubectl.kubernetes.io/last-applied-configuration": json.dumps(secret(FOREIGN))}}}
    patch = {"data": {"password": encoded(FOREIGN)}, **copy}
    cluster.kubectl("patch", "secret", "-n", "secrets", "pull", "-p", json.dumps(patch))
    saved = t.folder / "plan.json"
    run = everything(t, "plan", "--out", saved).ended(2)
    expect.holds_text(run.out, "data.password is another", "the plan")
    everything(t, "verify").ended(2)
    everything(t, "provision", "--yes", "--plan", saved).ended(0)
    expect.equal(in_cluster(), OLD, "the password in the cluster")
    nowhere(t)


@case("a plan that was saved before a value changed in its file is refused", **machines)
def other_file(t):
    site(t, NEW)
    saved = t.folder / "plan.json"
    everything(t, "plan", "--out", saved).ended(2)
    site(t, FOREIGN)
    run = everything(t, "provision", "--yes", "--plan", saved).ended(4)
    expect.holds_text(run.err, "what it declares has changed since", "what it says")
    expect.equal(in_cluster(), OLD, "the password in the cluster")
    site(t, NEW)
    everything(t, "provision", "--yes", "--plan", saved).ended(0)
    expect.equal(in_cluster(), NEW, "the password in the cluster")
    nowhere(t)
