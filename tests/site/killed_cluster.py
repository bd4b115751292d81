"""gpuctl killed in the middle of each of the cluster's steps: the next run goes on from there, and the one after it changes
nothing."""

import shutil

from labtest import cluster, expect, places, proxy, report
from labtest.case import case

NODE = "k3s-gpu-worker"
OPERATOR = places.WORK / "operator"  # a copy, so that its files can change under one path
machines = {"state": "as it is", "machines": cluster.MACHINES}


def site(t, **more):
    t.gpuctl.playbook = places.SITE
    t.gpuctl.use(cluster.site(access=proxy.access(), operator_chart=str(OPERATOR), **more))


def killed(t, verb, path, *words):
    """A provision that is killed when it asks so: a write stands at the proxy then, and does not take effect."""
    proxy.fault("none")
    proxy.forget()
    if verb != "watch":
        proxy.hold(verb, path)
    run = t.gpuctl.start("provision", "--yes", *words)
    proxy.asked(run, verb, path)
    run.kill()
    proxy.fault("none")


def healed(t, *words):
    report.clean(t.gpuctl.provision(*(words or ["--prove"])).ended(0).report)
    proxy.forget()
    t.gpuctl.plan().ended(0)
    t.gpuctl.provision().ended(0)
    expect.equal(proxy.writes(), [], "what the run after it has written")
    expect.equal(cluster.objects("pods", "-n", "ml"), [], "pods left in ml")


@case("killed at the namespace, at four of the release's objects and while it waits, the runs converge", **machines)
def from_bare(t):
    cluster.bare()
    proxy.up()
    shutil.rmtree(OPERATOR, ignore_errors=True)
    shutil.copytree(cluster.OPERATOR, OPERATOR)
    site(t)
    killed(t, "patch", "/namespaces/gpu-operator$")
    killed(t, "patch", "/customresourcedefinitions/")
    killed(t, "create", "/secrets$")
    killed(t, "patch", "/deployments/gpu-operator$")
    killed(t, "patch", "/clusterpolicies/cluster-policy$")
    killed(t, "update", "/secrets/sh.helm.release.v1.gpu-operator.v1$")
    killed(t, "watch", "/clusterpolicies$")
    healed(t)
    expect.equal(cluster.history("gpu-operator"), [(1, "deployed")], "revisions of the release")


@case("killed at the node's labels, and when these are there and its taint is not", **machines)
def node(t):
    site(t)
    cluster.kubectl("label", "node", NODE, "gpu-type-")
    cluster.kubectl("taint", "node", NODE, "gpu-")
    killed(t, "patch", f"/nodes/{NODE}$")
    expect.that("gpu-type" not in cluster.objects("nodes")[0]["metadata"]["labels"], "the label is there")
    proxy.forget()
    run = t.gpuctl.start("provision", "--yes")
    cluster.wait_for(["node", NODE], "jsonpath={.metadata.labels.gpu-type}=rtx3060")
    run.kill()
    healed(t)


@case("killed at the RuntimeClass", **machines)
def runtime_class(t):
    site(t)
    cluster.kubectl("delete", "runtimeclass", "nvidia")
    killed(t, "patch", "/runtimeclasses/nvidia$")
    healed(t)


@case("killed before what has left the chart is deleted, and at the hook before: it is remembered", **machines)
def pruned(t):
    site(t)
    more = OPERATOR / "templates/more.yaml"
    more.write_text("{apiVersion: v1, kind: ConfigMap, metadata: {name: more, namespace: gpu-operator}, data: {a: b}}\n")
    t.gpuctl.provision().ended(0)
    more.unlink()
    killed(t, "patch", "/jobs/")
    killed(t, "delete", "/configmaps/more$")
    healed(t)
    names = {one["metadata"]["name"] for one in cluster.objects("configmaps", "-n", "gpu-operator")}
    expect.that("more" not in names, "the ConfigMap that left the chart is still there")


@case("killed while it waits for a rollout", **machines)
def rollout(t):
    site(t)
    cluster.kubectl("label", "node", NODE, "--overwrite", "nvidia.com/gpu.deploy.device-plugin=false")
    cluster.wait_for(["-n", "gpu-operator", "daemonset/nvidia-device-plugin-daemonset"], "jsonpath={.status.desiredNumberScheduled}=0")
    killed(t, "watch", "/daemonsets$")
    cluster.kubectl("label", "node", NODE, "nvidia.com/gpu.deploy.device-plugin-")
    healed(t)


@case("killed while it waits for the node's GPUs", **machines)
def capacity(t):
    site(t)
    t.node.sh("pkill -STOP -f ^/device-plugin; systemctl restart k3s-agent")
    cluster.wait_for(["node", NODE], r"jsonpath={.status.allocatable.nvidia\.com/gpu}=0")
    killed(t, "watch", "/nodes$")
    t.node.sh("pkill -CONT -f ^/device-plugin")
    healed(t)


def runs_on(t, verb, *words):
    """A run whose test pod does not end."""
    site(t, steps=[{"test_pod": {"command": ["sleep", "600"], "log": []}}])
    run = t.gpuctl.start(verb, *words)
    cluster.until(lambda pod: pod["status"].get("phase") == "Running", "pods", "-n", "ml")
    return run


@case("killed while the test pod runs, the next provision removes that and runs its own", **machines)
def pod(t):
    runs_on(t, "provision", "--yes", "--prove").kill()
    expect.equal(len(cluster.objects("pods", "-n", "ml")), 1, "pods left in ml")
    site(t)
    healed(t, "--yes")  # without --prove: the pod that is left is reason enough


@case("so does the next verify", **machines)
def pod_of_verify(t):
    runs_on(t, "verify").kill()
    site(t)
    report.clean(t.gpuctl.verify().ended(0).report)
    expect.equal(cluster.objects("pods", "-n", "ml"), [], "pods left in ml")


@case("interrupted by Ctrl-C while the test pod runs: it is removed, and what was found before is said", **machines)
def interrupted(t):
    for verb, words in (("verify", []), ("provision", ["--yes", "--prove"])):
        run = runs_on(t, verb, *words)
        run.interrupt()
        found = run.wait(20).ended(130).report
        expect.equal(report.step(found, "test_pod")["because"], "interrupted; Pod ml/gpu-test was removed", "what became of the pod")
        expect.equal(report.states(found, "skipped"), ["test_pod"], "steps that were skipped")
        expect.holds_text(run.out, "interrupted; Pod ml/gpu-test was removed", "what it says")
        cluster.wait_for(["-n", "ml", "pod/gpu-test"], "delete")
    proxy.down()
