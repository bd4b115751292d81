"""A cluster of hundreds of nodes, by KWOK: what is asked of its API does not grow with them."""

import contextlib
import json
import subprocess

from labtest import cluster, expect, lab, overlay, places, proxy, report
from labtest.case import case

COUNT = 200
machines = {"state": "as it is", "machines": ("k3s-server",)}


@contextlib.contextmanager
def kwok():
    """Keeps the nodes with its label, and the pods on them, running."""
    program = lab.call("program", "kwok").strip()
    selector = "--manage-nodes-with-label-selector=keeper=kwok"
    words = [program, f"--config={program}.yaml", f"--kubeconfig={cluster.kubeconfig()}", selector, "--node-lease-duration-seconds=40"]
    with open(places.WORK / "kwok.log", "wb") as log, subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log) as process:
        try:
            yield
        finally:
            process.terminate()


def add_nodes(count, **labels):
    """Nodes of the fleet, kept by whom the labels say."""
    start = len(cluster.objects("nodes", "-l", "fleet=yes"))
    names = [f"fleet-{at:03}" for at in range(start, start + count)]
    nodes = [{"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": {"fleet": "yes", **labels}}} for name in names]
    cluster.kubectl("create", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": nodes}))


def daemon_set():
    spec = {"containers": [{"name": "one", "image": "one"}], "nodeSelector": {"fleet": "yes"}, "tolerations": [{"operator": "Exists"}]}
    labels = {"app": "everywhere"}
    template = {"metadata": {"labels": labels}, "spec": spec}
    metadata = {"name": "everywhere", "namespace": "fleet"}
    return {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": metadata, "spec": {"selector": {"matchLabels": labels}, "template": template}}


def site(t):
    overlay.write(t.folder, "everywhere.json", daemon_set())
    workload = {"kind": "DaemonSet", "name": "everywhere", "namespace": "fleet"}
    steps = [{"namespace": {"name": "fleet"}}, {"manifests": {"path": "everywhere.json"}}, {"rollout": workload}]
    text = {"apiVersion": "gpuctl/v1", "hosts": {"none": overlay.host()}, "cluster": proxy.access(), "steps": steps}
    t.gpuctl.playbook, t.gpuctl.overlays = overlay.write(t.folder, "site.json", text), []


def asked(t, verb, code):
    """A run, how many requests it made, and how many of them list pods."""
    proxy.forget()
    run = t.gpuctl.run(verb).ended(code)
    seen = proxy.counts()
    return run, seen["requests"], sum(one["Path"].endswith("/pods") for one in seen["log"])


@case(f"a rollout over {COUNT} nodes is one object, and where it is not done one list of its pods", **machines)
def rollout(t):
    lab.call("reset", "k3s-server")  # nothing there that would go to the nodes of the fleet, too
    proxy.up()
    site(t)
    with kwok():
        add_nodes(COUNT, keeper="kwok")
        t.gpuctl.provision().ended(0)
        ready = cluster.objects("daemonsets", "-n", "fleet")[0]["status"]["numberAvailable"]
        expect.equal(ready, COUNT, "pods that are available")
        for verb in ("plan", "verify"):
            _, requests, of_pods = asked(t, verb, 0)
            expect.equal(of_pods, 0, f"lists of pods by {verb}")
            expect.within(requests, 5, 12, f"requests of {verb}")
        proxy.fault("delay", "--ms", "500")  # else a busy machine makes what was asked together look deeper than it was
        for verb in ("plan", "verify"):
            asked(t, verb, 0)
            expect.within(proxy.counts()["depth"], 1, 3, f"round trips of {verb}, one after the other")
        proxy.fault("none")
        add_nodes(1, keeper="nobody")
        cluster.until(lambda one: one["status"]["desiredNumberScheduled"] == COUNT + 1, "daemonsets", "-n", "fleet")
        run, requests, of_pods = asked(t, "verify", 2)
        report.only_failure(run.report, "rollout", "DaemonSet fleet/everywhere")
        expect.holds_text(run.out, f"{COUNT} of {COUNT + 1} available", "what verify says")
        expect.equal(of_pods, 1, "lists of pods")
        expect.within(requests, 6, 13, "requests of verify")
    proxy.down()
    lab.call("reset", "k3s-server")
