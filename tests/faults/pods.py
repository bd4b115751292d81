"""A test pod that does not come to a good end: what became of it, why, what to do; it is kept, and the next one is new."""

from labtest import cluster, expect, places
from labtest.case import case

NODE = "k3s-gpu-worker"
machines = {"state": "as it is", "machines": cluster.MACHINES}
IMAGE = "nvidia/cuda:12.2.0-base-ubuntu22.04"
TAINT = "gpu=true:NoSchedule"


def use(t, **differs):
    """A playbook of one pod, which asks for no GPU: what is tried here needs none."""
    pod = {"name": "tried", "namespace": "ml", "image": IMAGE, "gpus": 0, "tolerations": [TAINT], "command": ["echo", "all is well"], "deadline": "60s", **differs}
    t.gpuctl.playbook = t.folder / "site.yaml"
    text = {"apiVersion": "gpuctl/v1", "hosts": {NODE: {}}, "cluster": {"kubeconfig": cluster.kubeconfig()}, "steps": [{"test_pod": pod}]}
    t.gpuctl.use(text)
    t.gpuctl.overlays[0].rename(t.gpuctl.playbook)
    t.gpuctl.overlays = []


def fails(t, name, kept=True, **differs):
    use(t, **differs)
    run = t.gpuctl.verify().ended(2)
    t.golden(f"cluster/{name}.txt", run.said)
    expect.equal(len(cluster.objects("pods", "-n", "ml")), int(kept), "pods kept in ml")


@case("a new cluster and its node", **machines)
def made(t):
    cluster.bare()


@case("a pod for which the node has no GPU, and one that does not tolerate its taint", **machines)
def unschedulable(t):
    cluster.kubectl("taint", "node", NODE, TAINT, "--overwrite")
    fails(t, "pod-no-gpu", gpus=1, deadline="3s")
    fails(t, "pod-no-toleration", tolerations=[], deadline="3s")
    fails(t, "pod-no-such-label", node_selector={"gpu-type": "a100"}, deadline="3s")
    fails(t, "pod-no-such-node", node="node7", deadline="3s")


@case("a pod whose image is not there, and one whose image is no name", **machines)
def image(t):
    fails(t, "pod-image-absent", image="localhost/no-such-image:lab", deadline="8s")
    fails(t, "pod-image-no-name", image="Localhost/IMAGE:lab")


@case("a pod whose program fails, and one whose program is not there", **machines)
def crash(t):
    fails(t, "pod-crash", command=["sh", "-c", "echo 'no CUDA-capable device is detected' >&2; exit 3"])
    fails(t, "pod-no-program", command=["nvidia-smj"])


@case("a pod whose log is not the right one, or empty", **machines)
def log(t):
    fails(t, "pod-log", command=["echo", "NVIDIA GeForce RTX 3060   12288MiB"], log=["RTX 4090", "12288MiB"])
    fails(t, "pod-log-empty", command=["true"], log=["RTX 3060"])


@case("a pod that never ends", **machines)
def endless(t):
    fails(t, "pod-endless", command=["sh", "-c", "echo waiting for the licence server; exec sleep 3600"], deadline="4s")


@case("a runtime class that is not there, and one whose handler the node does not have", **machines)
def runtime_class(t):
    cluster.kubectl("delete", "runtimeclass", "nvidia", "--ignore-not-found")
    fails(t, "pod-no-runtime-class", kept=False, runtime_class="nvidia")
    handler = "apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: nvidia}\nhandler: nvidia\n"
    cluster.kubectl("apply", "-f", "-", stdin=handler)
    fails(t, "pod-no-handler", runtime_class="nvidia", deadline="5s")


@case("a namespace that is not there, and one whose pod security refuses the pod", **machines)
def namespace(t):
    fails(t, "pod-no-namespace", kept=True, namespace="nowhere")
    cluster.kubectl("create", "namespace", "strict")
    cluster.kubectl("label", "namespace", "strict", "pod-security.kubernetes.io/enforce=restricted")
    fails(t, "pod-refused", kept=True, namespace="strict")


@case("and a pod that is well takes the place of the one that was kept", **machines)
def well(t):
    use(t, log=["all is well"])
    t.gpuctl.verify().ended(0)
    expect.equal(cluster.objects("pods", "-n", "ml"), [], "pods left in ml")
    cluster.kubectl("taint", "node", NODE, "gpu-")
