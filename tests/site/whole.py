"""The whole of the site: from a bare node in a new cluster to a pod that has run nvidia-smi."""

import json

from labtest import cluster, expect, overlay, places, proxy, report
from labtest.case import case

machines = {"state": "as it is", "machines": cluster.MACHINES}


def site(t, **more):
    t.gpuctl.playbook = places.SITE
    t.gpuctl.use(cluster.site(**more))


@case("plan on a bare node and a bare cluster reaches the proof, and writes nothing", **machines)
def plan(t):
    cluster.bare()
    site(t)
    before = cluster.objects("all", "-A")
    found = t.gpuctl.plan().ended(2).report
    expect.equal(report.states(found, "skipped"), [], "steps that were not reached")
    expect.equal(report.states(found, "failed"), [], "steps that fail")
    expect.equal(report.step(found, "test_pod")["state"], "later", "the proof")
    names = lambda items: sorted(item["metadata"]["uid"] for item in items)
    expect.equal(names(cluster.objects("all", "-A")), names(before), "objects of the cluster")


def managed(kind, name, *words):
    """Who has set what of an object, as the server keeps it."""
    return json.loads(cluster.kubectl("get", kind, name, "-o", "json", "--show-managed-fields", *words))["metadata"]["managedFields"]


@case("provision makes every check pass, breaks no promise, and the pod's log is right; k3s's RuntimeClass stays k3s's", **machines)
def provision(t):
    site(t)
    before = managed("runtimeclass", "nvidia")
    run = t.gpuctl.provision().ended(0)
    expect.equal(managed("runtimeclass", "nvidia"), before, "who has set what of the RuntimeClass")
    report.clean(run.report)
    node = cluster.objects("nodes")[0]
    expect.equal(node["status"]["allocatable"]["nvidia.com/gpu"], "1", "allocatable GPUs")
    expect.equal(cluster.objects("pods", "-n", "ml"), [], "pods left in ml")


@case("then plan has nothing to do, verify passes, facts has answers, and a second provision changes nothing", **machines)
def again(t):
    site(t)
    t.gpuctl.plan().ended(0)
    report.clean(t.gpuctl.verify().ended(0).report)
    versions = lambda: {i["metadata"]["uid"]: i["metadata"]["generation"] for i in cluster.objects("deployments,daemonsets", "-A")}
    before = versions()
    t.gpuctl.run("facts", "k3s-gpu-worker").ended(0)
    t.gpuctl.provision().ended(0)
    expect.equal(versions(), before, "generations of the workloads")
    expect.equal(cluster.objects("pods", "-n", "ml"), [], "pods left in ml")


@case("verify --skip test_pod creates nothing", **machines)
def creates_nothing(t):
    site(t)
    before = {pod["metadata"]["uid"] for pod in cluster.objects("pods", "-A")}
    t.gpuctl.verify("--skip", "test_pod").ended(0)
    expect.equal({pod["metadata"]["uid"] for pod in cluster.objects("pods", "-A")}, before, "pods")


@case("the pod gets the GPU with the runtime class too", **machines)
def runtime_class(t):
    site(t, steps=[{"test_pod": {"runtime_class": "nvidia"}}])
    report.clean(t.gpuctl.verify().ended(0).report)


@case("through the server's SSH connection, with the kubeconfig that lies there", **machines)
def through(t):
    server = overlay.host("k3s-server")
    hosts = {"k3s-gpu-worker": overlay.host(), "k3s-server": server}
    t.gpuctl.playbook = places.SITE
    text = cluster.site(hosts, {"kubeconfig": "/etc/rancher/k3s/k3s.yaml", "through": "k3s-server"})
    t.gpuctl.use(text)
    t.gpuctl.verify().ended(0)


@case("an object that somebody else has changed stays as he has it: he and the field are named, and nothing is forced", **machines)
def of_somebody_else(t):
    site(t)
    scaled = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "gpu-operator", "namespace": "gpu-operator"}, "spec": {"replicas": 2}}
    apply = ["apply", "--server-side", "--force-conflicts", "--field-manager=autoscaler", "-f", "-"]
    cluster.kubectl(*apply, stdin=json.dumps(scaled))
    spec = lambda: [one for one in managed("deployment", "gpu-operator", "-n", "gpu-operator") if "subresource" not in one]
    before = spec()
    run = t.gpuctl.plan().ended(2)
    for text in ("spec.replicas", "autoscaler"):
        expect.holds_text(run.out, text, "what plan says")
    t.gpuctl.provision().ended(1)
    expect.equal(spec(), before, "who has set what of the Deployment")
    cluster.kubectl("patch", "deployment", "-n", "gpu-operator", "gpu-operator", "--field-manager=autoscaler", "--type=json", "-p", '[{"op": "remove", "path": "/spec/replicas"}]')
    t.gpuctl.provision("--prove").ended(0)


@case("verify of the converged site asks the API three times in depth at most, and once for each thing", **machines)
def depth(t):
    proxy.up()
    site(t, access=proxy.access())
    # So slow that what the node is asked meanwhile takes no time: else a question that waits for the node's answers would
    # stand behind the API's, too.
    proxy.fault("delay", "--ms", "1000")
    proxy.forget()
    t.gpuctl.verify("--skip", "test_pod").ended(0)
    asked = proxy.counts()
    expect.within(asked["depth"], 1, 3, "round trips one after the other")
    paths = [f"{one['Path']}?{one['Query']}" for one in asked["log"]]
    expect.equal(sorted(paths), sorted(set(paths)), "requests, and each of them once")
    expect.equal(set(asked["verbs"]), {"get", "list"}, "verbs")
    proxy.down()
