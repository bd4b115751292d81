"""The way to the API server lost in the middle of a run, or the server away for a while: the run goes on when it is back."""

from labtest import cluster, expect, node, overlay, places, proxy, report
from labtest.case import case

NODE = "k3s-gpu-worker"
machines = {"state": "as it is", "machines": cluster.MACHINES}


def site(t, access=None, **more):
    """With the API reached through the server's SSH connection, or by an access of its own."""
    server = {} if access else {"k3s-server": overlay.host("k3s-server")}
    through = {"kubeconfig": "/etc/rancher/k3s/k3s.yaml", "through": "k3s-server"}
    t.gpuctl.playbook = places.SITE
    t.gpuctl.use(cluster.site({NODE: overlay.host(), **server}, access or through, **more))


def server():
    return node.one("k3s-server")


def restarted():
    """The control plane ends in the middle of everything and comes back. (Asked politely, it waits a minute for its clients.)"""
    server().sh("systemctl kill --signal=KILL k3s; systemctl restart k3s")


def healed(t):
    t.gpuctl.provision().ended(0)
    report.clean(t.gpuctl.verify().ended(0).report)
    expect.equal(cluster.objects("pods", "-n", "ml"), [], "pods left in ml")


def waits_for_plugin(t):
    """A provision that waits for a DaemonSet: (run, what lets it go on)."""
    cluster.kubectl("label", "node", NODE, "--overwrite", "nvidia.com/gpu.deploy.device-plugin=false")
    cluster.wait_for(["-n", "gpu-operator", "daemonset/nvidia-device-plugin-daemonset"], "jsonpath={.status.desiredNumberScheduled}=0")
    proxy.forget()
    run = t.gpuctl.start("provision", "--yes")
    return run, lambda: cluster.kubectl("label", "node", NODE, "nvidia.com/gpu.deploy.device-plugin-")


def runs_pod(t, access=None, **pod):
    """A verify whose test pod runs until it is told to end."""
    wait = "until [ -e /tmp/go ]; do sleep 1; done; nvidia-smi"
    site(t, access, steps=[{"test_pod": {"command": ["sh", "-c", wait], **pod}}])
    run = t.gpuctl.start("verify")
    cluster.until(lambda pod: pod["status"].get("phase") == "Running", "pods", "-n", "ml")
    return run, lambda: cluster.kubectl("exec", "-n", "ml", "gpu-test", "--", "touch", "/tmp/go")


@case("the link to the server that leads to the API cut while the site is made", **machines)
def made(t):
    cluster.bare()
    site(t)
    run = t.gpuctl.start("provision", "--yes")
    cluster.until(lambda one: one["metadata"]["name"] == "gpu-operator", "namespaces")
    server().kill_connections()
    cluster.until(lambda one: one["metadata"]["name"] == "gpu-operator", "deployments", "-n", "gpu-operator")
    server().kill_connections()
    report.clean(run.wait().ended(0).report)
    healed(t)


@case("cut while the test pod runs", **machines)
def pod(t):
    run, go_on = runs_pod(t)
    server().kill_connections()
    go_on()
    report.clean(run.wait().ended(0).report)
    site(t)
    healed(t)


@case("the API server restarted while a rollout is waited for", **machines)
def rollout(t):
    proxy.up()
    site(t, proxy.access())
    run, go_on = waits_for_plugin(t)
    proxy.asked(run, "watch", "/daemonsets$")
    restarted()
    go_on()
    run.wait().ended(0)
    healed(t)


@case("the API server restarted while the test pod runs", **machines)
def pod_of_restarted(t):
    run, go_on = runs_pod(t, {"kubeconfig": cluster.kubeconfig()})
    restarted()
    go_on()
    report.clean(run.wait().ended(0).report)
    site(t)
    healed(t)


@case("the API server lost for good while the test pod runs: verify says that it could not be asked to the end", **machines)
def pod_lost(t):
    proxy.up()
    run, _ = runs_pod(t, proxy.access(), deadline="15s")
    proxy.down()
    run.wait().ended(3)
    site(t)
    healed(t)


@case("the API server lost at a write: the step says so, and the next run looks what has taken effect", **machines)
def lost(t):
    proxy.up()
    site(t, proxy.access())
    cluster.kubectl("label", "node", NODE, "gpu-type-")
    proxy.fault("refuse", "--verb", "patch", "--path", f"/nodes/{NODE}$")
    run = t.gpuctl.provision().ended(1)
    failed = report.step(run.report, "node")
    expect.that(failed["why"].startswith("the API server https://"), f"why the step failed: {failed['why']}")
    advice = "see its log, and what stands between it and here; then run it again: it first looks what of this has taken effect"
    expect.equal(failed["advice"], advice, "advice")
    proxy.fault("none")
    healed(t)
    proxy.down()
