"""The site on RKE2: its playbook as it is shipped, with the chart from the lab's repository, and the real Helm beside it.

The lab's operator brings no toolkit, so apt brings it to the node beforehand; and no driver, so there is the node's own."""

import json

from labtest import cluster, expect, lab, overlay, places, report
from labtest.case import case

NODE, SPACE = "rke2-gpu-worker", "gpu-operator"
machines = {"state": "as it is", "machines": (NODE, "k3s-server")}
PLUGIN = "the device plugin's configuration"


def site(t, **values):
    """The playbook with what differs in the lab, and these values of the chart."""
    env = lab.env()
    t.gpuctl.playbook = places.RKE2_SITE
    t.gpuctl.use({
        "vars": {
            "operator_repository": env["CHARTS"],
            "operator_version": env["CHART_VERSION"],
            "driver_version": "535.274.02",
            "cuda_version": "12.2",
        },
        "hosts": {"proj-k8sw04": {**overlay.host(NODE), "node": NODE, "gpus": {"product": "NVIDIA-GeForce-RTX-3060", "memory": "12288MiB"}}},
        "cluster": {"kubeconfig": cluster.kubeconfig()},
        "steps": [
            {"helm_release": {"values": {"driver": {"enabled": False}, "toolkit": {"enabled": False}, **values}}, "name": "gpu_operator"},
            {"test_pod": {"log": ["RTX 3060", "12288MiB", "535.274.02", "CUDA Version: 12.2"]}},
        ],
    })  # fmt: skip


def node_with_toolkit(t):
    """What the operator's toolkit would do."""
    steps = [*overlay.toolkit(), {"service": {"unit": "rke2-agent"}}]
    text = {"apiVersion": "gpuctl/v1", "hosts": {NODE: overlay.host(NODE)}, "steps": steps}
    t.gpuctl.playbook, t.gpuctl.overlays = overlay.write(t.folder, "toolkit.json", text), []
    report.clean(t.gpuctl.provision().ended(0).report)


def release():
    """The name that the release was given."""
    (name,) = {one["metadata"]["labels"]["name"] for one in cluster.objects("secrets", "-n", SPACE, "-l", "owner=helm")}
    return name


def history():
    return [status for _, status in cluster.history(release())]


def there():
    """The objects of the cluster, but for those that come and go by themselves."""
    return sorted(one["metadata"]["uid"] for one in cluster.objects("all,configmaps,secrets,namespaces,clusterroles", "-A"))


def configure(keys):
    """Puts these keys into the plugin's ConfigMap; None takes one out."""
    patch = {"data": keys}
    cluster.kubectl("patch", "configmap", "default", "-n", SPACE, "--type=merge", "-p", json.dumps(patch))


def rests(t):
    """Nothing is left to do, and doing it writes no revision."""
    before = cluster.history(release())
    t.gpuctl.plan().ended(0)
    t.gpuctl.provision().ended(0)
    expect.equal(cluster.history(release()), before, "revisions after a provision that has nothing to do")


@case("plan on a bare cluster says that the plugin's configuration will be missing, and provision then does nothing", **machines)
def without_configuration(t):
    lab.call("reset", "k3s-server", NODE)
    node_with_toolkit(t)
    cluster.kubectl("label", "node", NODE, "gpu-")
    site(t)
    before = there()
    for run in (t.gpuctl.plan().ended(2), t.gpuctl.provision().ended(1)):
        expect.holds_text(run.out, "expected   key 0 in ConfigMap gpu-operator/default", "what gpuctl says")
        expect.holds_text(run.out, "put the key 0 into ConfigMap gpu-operator/default", "what gpuctl advises")
    expect.equal(there(), before, "objects of the cluster")


@case("with it, plan reaches the proof, writes nothing, and names the values that no template reads", **machines)
def plan(t):
    site(t)
    cluster.kubectl("create", "namespace", SPACE)
    cluster.kubectl("create", "configmap", "default", "-n", SPACE, "--from-literal=0=version: v1")
    before = there()
    run = t.gpuctl.plan().ended(2)
    expect.equal(report.states(run.report, "skipped"), [], "steps that were not reached")
    expect.equal(report.states(run.report, "failed"), [], "steps that fail")
    expect.equal(report.step(run.report, "test_pod")["state"], "later", "the proof")
    for text in ("gpu absent -> gpu=true", "no template reads these values: mig.enabled", "mps.enabled"):
        expect.holds_text(run.out, text, "what plan says")
    expect.equal(there(), before, "objects of the cluster")


@case("provision makes every check pass, and a second one writes no revision", **machines)
def provision(t):
    site(t)
    report.clean(t.gpuctl.provision().ended(0).report)
    expect.equal(history(), ["deployed"], "revisions")
    rests(t)
    node = json.loads(cluster.kubectl("get", "node", NODE, "-o", "json"))
    expect.equal(node["status"]["allocatable"]["nvidia.com/gpu"], "1", "allocatable GPUs")
    expect.equal([node["metadata"]["labels"].get(one) for one in ("gpu", "nvidia.com/gpu.present")], ["true", "true"], "labels")
    (operator,) = cluster.objects("pods", "-n", SPACE, "-l", "app=gpu-operator")
    expect.equal(operator["spec"]["nodeName"], NODE, "where the operator runs")


@case("Helm lists the release under the name that it was given", **machines)
def listed(t):
    name = release()
    expect.that(name.startswith("gpu-operator-"), f"the release is called {name}, which does not begin with its chart's name")
    listed = json.loads(cluster.helm("list", "-n", SPACE, "-o", "json"))
    version = lab.env()["CHART_VERSION"]
    seen = [(one["name"], one["chart"], one["status"]) for one in listed]
    expect.equal(seen, [(name, f"gpu-operator-{version}", "deployed")], "helm list")
    values = json.loads(cluster.helm("get", "values", name, "-n", SPACE, "-o", "json"))
    expect.equal((values["mps"], values["mig"]), ({"enabled": True}, {"enabled": False}), "values that no template reads")


@case("Helm rolls an upgrade back, and the next provision brings it again, in the same release", **machines)
def rolled_back(t):
    name = release()
    exporter = lambda: json.loads(cluster.kubectl("get", "clusterpolicy", "cluster-policy", "-o", "json"))["spec"]["dcgmExporter"]["enabled"]
    site(t, dcgmExporter={"enabled": False})
    t.gpuctl.provision().ended(0)
    expect.equal((release(), history(), exporter()), (name, ["superseded", "deployed"], False), "after the upgrade")
    cluster.helm("rollback", name, "1", "-n", SPACE)
    expect.equal(exporter(), True, "the exporter after Helm's rollback")
    told = json.loads(cluster.helm("history", name, "-n", SPACE, "-o", "json"))
    expect.equal([(one["revision"], one["status"]) for one in told], [(1, "superseded"), (2, "superseded"), (3, "deployed")], "helm history")
    found = t.gpuctl.verify("--skip", "test_pod").ended(2).report
    expect.equal({step for step, _ in report.failed_checks(found)}, {"gpu_operator"}, "failed steps")
    t.gpuctl.provision().ended(0)
    expect.equal((release(), history(), exporter()), (name, ["superseded"] * 3 + ["deployed"], False), "after gpuctl's upgrade")
    site(t)
    t.gpuctl.provision().ended(0)
    expect.equal((release(), exporter()), (name, True), "after going back to the site's values")
    rests(t)


@case("verify names the key that the plugin's configuration lacks, and nothing else", **machines)
def lost_key(t):
    site(t)
    configure({"0": None, "other": "version: v1"})
    run = t.gpuctl.verify().ended(2)
    report.only_failure(run.report, "cluster_policy", PLUGIN)
    for text in ("key 0 in ConfigMap gpu-operator/default", "keys other"):
        expect.holds_text(run.out, text, "what verify says")
    t.gpuctl.provision().ended(1)
    configure({"0": "version: v1"})
    report.clean(t.gpuctl.verify().ended(0).report)
