"""Results 6 to 11 of the site, each broken by hand: verify names it as the only failure, and provision repairs what can be."""

from labtest import cluster, expect, places, report
from labtest.case import case

NODE = "k3s-gpu-worker"
machines = {"state": "as it is", "machines": cluster.MACHINES}


def site(t, **more):
    t.gpuctl.playbook = places.SITE
    t.gpuctl.use(cluster.site(**more))


def fails(t, step, *what):
    """verify says that this step is wrong, for these checks, and nothing else is."""
    report.only_failure(t.gpuctl.verify().ended(2).report, step, *what)


def repaired(t):
    t.gpuctl.provision().ended(0)
    t.gpuctl.verify("--skip", "test_pod").ended(0)


def repaired_and_at_rest(t):
    """A new plugin's GPU is counted when the kubelet next tells, ten seconds later at most, and the operator hears late of the
    plugin's pods: until then verify may find these two, and nothing else."""
    t.gpuctl.provision().ended(0)
    moving = {("cluster_policy", "policy"), ("gpu_capacity", "nvidia.com/gpu")}
    for _ in range(3):
        run = t.gpuctl.verify("--skip", "test_pod")
        if run.rc == 0:
            return
        found = set(report.failed_checks(run.ended(2).report))
        expect.equal(found - moving, set(), "failed checks, but for what comes to rest")
        cluster.wait_for(["node", NODE], r"jsonpath={.status.allocatable.nvidia\.com/gpu}=1")
        cluster.wait_for(["clusterpolicy", "cluster-policy"], "jsonpath={.status.state}=ready")
    t.gpuctl.verify("--skip", "test_pod").ended(0)


def has_failed(pod):
    """One of its init containers has ended badly."""
    ends = [one.get("lastState", {}).get("terminated") or one["state"].get("terminated") for one in pod["status"].get("initContainerStatuses", [])]
    return any(end and end["exitCode"] != 0 for end in ends)


@case("the site is made", **machines)
def made(t):
    cluster.provisioned(t.folder / "made")


@case("8. a label of the node is removed", **machines)
def label(t):
    site(t)
    cluster.kubectl("label", "node", NODE, "gpu-type-")
    fails(t, "node", "labels")
    repaired(t)


@case("8. the node's taint is gone", **machines)
def taint(t):
    site(t)
    cluster.kubectl("taint", "node", NODE, "gpu-")
    fails(t, "node", "taint gpu=true:NoSchedule")
    repaired(t)


@case("7. the RuntimeClass is deleted", **machines)
def runtime_class(t):
    site(t)
    cluster.kubectl("delete", "runtimeclass", "nvidia")
    found = t.gpuctl.verify("--skip", "test_pod").ended(2).report
    expect.equal({name for name, _ in report.failed_checks(found)}, {"runtime_class"}, "failed steps")
    repaired(t)


@case("6. an object of the operator's release is deleted", **machines)
def manifest(t):
    site(t)
    cluster.kubectl("delete", "rolebinding", "-n", "gpu-operator", "gpu-operator")
    found = t.gpuctl.verify("--skip", "test_pod").ended(2).report
    expect.equal({name for name, _ in report.failed_checks(found)}, {"gpu_operator"}, "failed steps")
    repaired(t)


@case("6. the device plugin's DaemonSet is kept away from the node: the policy is Ready all the same", **machines)
def kept_away(t):
    site(t)
    cluster.kubectl("label", "node", NODE, "--overwrite", "nvidia.com/gpu.deploy.device-plugin=false")
    cluster.wait_for(["-n", "gpu-operator", "daemonset/nvidia-device-plugin-daemonset"], "jsonpath={.status.desiredNumberScheduled}=0")
    cluster.wait_for(["clusterpolicy", "cluster-policy"], 'jsonpath={.status.conditions[?(@.type=="Ready")].reason}=Reconciled')
    run = t.gpuctl.verify().ended(2)
    report.only_failure(run.report, "device_plugin", "DaemonSet gpu-operator/nvidia-device-plugin-daemonset")
    expect.equal(report.step(run.report, "test_pod")["state"], "blocked", "the pod")
    expect.holds_text(run.said, "meant for no node", "what verify says")
    cluster.kubectl("label", "node", NODE, "nvidia.com/gpu.deploy.device-plugin-")
    repaired_and_at_rest(t)


@case("9. the device plugin hangs: the kubelet goes on to count its GPU, and only the pod shows it", **machines)
def plugin_hangs(t):
    site(t, steps=[{"test_pod": {"deadline": "5s"}}])
    t.node.sh("pkill -STOP -f ^/device-plugin")
    run = t.gpuctl.verify().ended(2)
    report.only_failure(run.report, "test_pod", "phase")
    expect.holds_text(run.said, "device plugin", "what verify says")


@case("9. and once the kubelet has begun anew, the node offers none: its pod still runs and the policy is Ready", **machines)
def plugin_stopped(t):
    site(t)
    t.node.sh("systemctl restart k3s-agent")
    cluster.wait_for(["node", NODE], r"jsonpath={.status.allocatable.nvidia\.com/gpu}=0")
    fails(t, "gpu_capacity", "nvidia.com/gpu")
    t.node.sh("pkill -CONT -f ^/device-plugin")
    repaired(t)


@case("10. the pod's image is not there: the pod is kept, with its events", **machines)
def image(t):
    site(t, steps=[{"test_pod": {"image": "localhost/no-such-image:lab", "deadline": "10s"}}])
    run = t.gpuctl.verify().ended(2)
    expect.equal({name for name, _ in report.failed_checks(run.report)}, {"test_pod"}, "failed steps")
    expect.holds_text(run.said, "no-such-image", "what verify says")
    expect.equal(len(cluster.objects("pods", "-n", "ml")), 1, "pods kept in ml")
    site(t)
    t.gpuctl.verify().ended(0)
    expect.equal(cluster.objects("pods", "-n", "ml"), [], "pods left in ml")


@case("10. a log that does not match is quoted", **machines)
def log(t):
    site(t, steps=[{"test_pod": {"log": ["RTX 4090"]}}])
    run = t.gpuctl.verify().ended(2)
    expect.equal({name for name, _ in report.failed_checks(run.report)}, {"test_pod"}, "failed steps")
    expect.holds_text(run.said, "RTX 3060", "what verify quotes")
    site(t)
    t.gpuctl.verify().ended(0)


@case("11. the operator's validator fails as on the site's card: waived while the pod passes", **machines)
def waived(t):
    site(t)
    t.node.fault("cuda-validation", "fails")
    cluster.kubectl("delete", "pod", "-n", "gpu-operator", "-l", "app=nvidia-operator-validator")
    cluster.until(has_failed, "pods", "-n", "gpu-operator", "-l", "app=nvidia-operator-validator")
    cluster.wait_for(["clusterpolicy", "cluster-policy"], "jsonpath={.status.state}=notReady")
    found = t.gpuctl.verify().ended(0).report
    expect.equal(report.step(found, "cluster_policy")["state"], "waived", "the policy")
    expect.equal(report.step(found, "test_pod")["state"], "ok", "the pod")


@case("11. and a failure where the pod fails, too, or was not run", **machines)
def not_waived(t):
    site(t, steps=[{"test_pod": {"log": ["RTX 4090"]}}])
    found = t.gpuctl.verify().ended(2).report
    expect.equal(report.step(found, "cluster_policy")["state"], "failed", "the policy")
    site(t)
    found = t.gpuctl.verify("--skip", "test_pod").ended(2).report
    expect.equal(report.step(found, "cluster_policy")["state"], "failed", "the policy")
    t.node.fault("cuda-validation", "none")
    cluster.kubectl("delete", "pod", "-n", "gpu-operator", "-l", "app=nvidia-operator-validator")
    cluster.wait_for(["clusterpolicy", "cluster-policy"], "jsonpath={.status.state}=ready")
    t.gpuctl.verify().ended(0)


@case("6. the policy is Ready for the wrong reason: no GPU was found", **machines)
def false_green(t):
    site(t)
    t.node.fault("pci", "absent")
    cluster.wait_for(["clusterpolicy", "cluster-policy"], 'jsonpath={.status.conditions[?(@.type=="Ready")].reason}=NoGPUNodes')
    found = t.gpuctl.verify().ended(2).report
    expect.that(("cluster_policy", "policy") in report.failed_checks(found), f"failed checks: {report.failed_checks(found)}")
    expect.equal(report.step(found, "test_pod")["state"], "blocked", "the pod")
    t.node.fault("pci", "none")
    cluster.wait_for(["clusterpolicy", "cluster-policy"], 'jsonpath={.status.conditions[?(@.type=="Ready")].reason}=Reconciled')
    t.gpuctl.provision().ended(0)
