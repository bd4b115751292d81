"""The whole of the site: from a bare node in a new cluster to a pod that has run nvidia-smi."""

from labtest import cluster, expect, overlay, places, report
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


@case("provision makes every check pass, breaks no promise, and the pod's log is right", **machines)
def provision(t):
    site(t)
    run = t.gpuctl.provision().ended(0)
    report.clean(run.report)
    node = cluster.objects("nodes")[0]
    expect.equal(node["status"]["allocatable"]["nvidia.com/gpu"], "1", "allocatable GPUs")
    expect.equal(cluster.objects("pods", "-n", "ml"), [], "pods left in ml")


@case("then plan has nothing to do, verify passes, and a second provision changes nothing", **machines)
def again(t):
    site(t)
    t.gpuctl.plan().ended(0)
    report.clean(t.gpuctl.verify().ended(0).report)
    versions = lambda: {i["metadata"]["uid"]: i["metadata"]["generation"] for i in cluster.objects("deployments,daemonsets", "-A")}
    before = versions()
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
