"""The whole of the site as it lies: 42 ms away, behind a jump host, and with the API reached through the node."""

import re

from labtest import cluster, expect, lab, node, overlay, places, report
from labtest.case import case

NODE = "k3s-gpu-worker"
KUBECONFIG = "/etc/rancher/k3s/admin.yaml"  # on the node; an agent has none of its own
SERVICE = "https://10.43.0.1:443"  # where the agent serves the API to its pods: no way leads there but through the node
MACHINES = (*cluster.MACHINES, "jump1")


def site(t):
    hosts = {"jump1": overlay.host("jump1", far=True), NODE: overlay.host(jump=["jump1"])}
    t.gpuctl.playbook = places.SITE
    t.gpuctl.use(cluster.site(hosts, {"kubeconfig": KUBECONFIG, "through": NODE}))


@case("plan, provision, verify and plan", state="as it is", machines=MACHINES)
def whole(t):
    lab.call("reset", "jump1")
    cluster.bare()
    lab.distance("on")
    node.one(NODE).write(KUBECONFIG, re.sub(r"https://[\d.]+:6443", SERVICE, lab.call("kubeconfig")))
    site(t)
    found = t.gpuctl.plan().ended(2).report
    expect.equal(report.states(found, "skipped"), [], "steps that were not reached")
    expect.equal(report.states(found, "failed"), [], "steps that fail")
    report.clean(t.gpuctl.provision().ended(0).report)
    run = t.gpuctl.verify().ended(0)
    report.clean(run.report)
    expect.within(run.seconds, 0, 20, "seconds of verify, its pod included")
    t.gpuctl.plan().ended(0)


@case("a kubeconfig on the node is named by its whole path", state="as it is", machines=MACHINES)
def kubeconfig_there(t):
    site(t)
    t.gpuctl.add({"cluster": {"kubeconfig": "~/.kube/config"}})
    run = t.gpuctl.verify("--skip", "test_pod").ended(3)
    expect.holds_text(run.out, f"kubeconfig ~/.kube/config is a path on {NODE} and has to begin with /", "what verify says")
