"""A node with plain containerd 1.6, whose configuration names no runc handler: provision must not leave it without one."""

from labtest import expect, overlay, report
from labtest.case import case

MACHINES = ("plain-gpu",)


def use(t):
    steps = [
        {"container_runtime": {"runtime": "containerd", "handler": "nvidia"}},
        {"service": {"unit": "containerd"}},
    ]
    t.gpuctl.words = ["--limit", "plain-gpu"]
    t.gpuctl.use(overlay.site({"plain-gpu": overlay.host("plain-gpu")}, steps))


def handlers(t):
    return t.node.sh("containerd config dump | grep -o 'containerd.runtimes.[a-z]*\\]' | sort -u")


@case("provision gives plain containerd both handlers", machines=MACHINES)
def both(t):
    use(t)
    t.gpuctl.plan().ended(2)
    report.clean(t.gpuctl.provision().ended(0).report)
    expect.equal(handlers(t), "containerd.runtimes.nvidia]\ncontainerd.runtimes.runc]", "handlers")
    status = t.node.sh("ctr plugin ls | grep 'io.containerd.grpc.v1 *cri '")
    expect.holds_text(status, "ok", "containerd's CRI plugin")


@case("and then there is nothing to do", state="as it is", machines=MACHINES)
def again(t):
    use(t)
    since = t.node.since("containerd")
    t.gpuctl.plan().ended(0)
    t.gpuctl.verify().ended(0)
    t.gpuctl.provision().ended(0)
    expect.equal(t.node.since("containerd"), since, "start of containerd")


@case("a configuration that is touched later means a restart", state="as it is", machines=MACHINES)
def touched(t):
    use(t)
    since = t.node.since("containerd")
    t.node.sh("touch /etc/containerd/config.toml")
    report.only_failure(t.gpuctl.verify().ended(2).report, "container_runtime", "handler nvidia in the running containerd")
    t.gpuctl.provision().ended(0)
    expect.that(t.node.since("containerd") != since, "containerd was not restarted")
    t.gpuctl.plan().ended(0)
