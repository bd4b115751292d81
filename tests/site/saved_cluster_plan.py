"""A saved plan of node and cluster: its actions are performed and no other, and not when the cluster has moved."""

import json

from labtest import cluster, expect, places, proxy, report
from labtest.case import case

NODE = "k3s-gpu-worker"
machines = {"state": "as it is", "machines": cluster.MACHINES}


def site(t):
    t.gpuctl.playbook = places.SITE
    t.gpuctl.use(cluster.site(access=proxy.access()))


def saved(t):
    """A plan that is saved; nothing of what comes after was asked before."""
    path = t.folder / "plan.json"
    t.gpuctl.plan("--out", path).ended(2)
    proxy.forget()
    return path


def actions(path):
    """What the plan does in the cluster, in the words of proxy.writes()."""
    steps = [step for lane in json.loads(path.read_text())["hosts"] for step in lane["steps"]]
    mends = [gap["remedy"]["action"] for step in steps for gap in step["change"]["gaps"] if gap["remedy"]["kind"] == "Mend"]
    verbs = {"KubeApply": "patch", "KubeDelete": "delete", "KubeTaint": "patch"}
    changes = [action for action in mends if action["kind"] == "HelmChange"]
    mends += [{"kind": "KubeApply", **one} for change in changes for one in change["objects"]]
    # The release's Secret is made when it begins, and written again at its end.
    stored = [row for one in changes for row in (("create", "secrets"), ("update", f"sh.helm.release.v1.{one['name']}.v{one['revision']}"))]
    ours = [action for action in mends if action["kind"] in verbs]
    return sorted(stored + [(verbs[one["kind"]], one["object"]["name"] if "object" in one else one["node"]) for one in ours])


@case("a plan of the bare site is performed, action by action", **machines)
def performed(t):
    cluster.bare()
    proxy.up()
    site(t)
    plan = saved(t)
    expect.within(len(actions(plan)), 12, 30, "actions of the plan")
    report.clean(t.gpuctl.provision("--plan", plan).ended(0).report)
    expect.equal(proxy.writes(), actions(plan), "what was written, against the plan's actions")
    proxy.forget()
    t.gpuctl.provision().ended(0)
    expect.equal(proxy.writes(), [], "what a second run has written")


def broken(t):
    """Two things to repair, so that a part of the plan could be done."""
    site(t)
    cluster.kubectl("label", "node", NODE, "gpu-type-")
    cluster.kubectl("delete", "rolebinding", "-n", "gpu-operator", "gpu-operator", "--ignore-not-found")
    return saved(t)


@case("it is refused when an object has changed in between, and nothing is written", **machines)
def stale(t):
    plan = broken(t)
    cluster.kubectl("label", "node", NODE, "gpu-type=another")
    run = t.gpuctl.provision("--plan", plan).ended(4)
    t.golden("site/cluster-plan-stale.txt", run.err)
    expect.equal(proxy.writes(), [], "what was written")


@case("so it is when an object has come that the plan would make", **machines)
def came(t):
    plan = broken(t)
    cluster.kubectl("create", "rolebinding", "-n", "gpu-operator", "gpu-operator", "--role=gpu-operator", "--serviceaccount=gpu-operator:another")
    run = t.gpuctl.provision("--plan", plan).ended(4)
    expect.holds_text(run.err, "RoleBinding gpu-operator/gpu-operator: then absent", "what it says")
    expect.equal(proxy.writes(), [], "what was written")


@case("what the cluster itself keeps up to date does not make it stale", **machines)
def noise(t):
    plan = broken(t)
    version = lambda: cluster.objects("nodes")[0]["metadata"]["resourceVersion"]
    before = version()
    condition = {"type": "Lab", "status": "True", "reason": "Noise", "message": "a condition of somebody else's"}
    cluster.kubectl("patch", "node", NODE, "--subresource=status", "--patch", json.dumps({"status": {"conditions": [condition]}}))
    expect.that(version() != before, "the node's version has not moved")
    cluster.kubectl("delete", "pod", "-n", "gpu-operator", "-l", "app=nvidia-operator-validator")
    report.clean(t.gpuctl.provision("--plan", plan).ended(0).report)
    expect.equal(proxy.writes(), actions(plan), "what was written, against the plan's actions")
    proxy.down()
