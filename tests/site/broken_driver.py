"""Result 1 broken by hand: verify names it alone, and provision refuses before the first action."""

from labtest import expect, report
from labtest.case import case
from labtest.watch import Watch


def breaks(t, what):
    report.only_failure(t.gpuctl.verify().ended(2).report, "driver", what)


def refused(t, what):
    """provision performs nothing, and says why."""
    t.node.sh("mkdir -p /run/gpuctl")
    jobs = Watch(t.node.path("/run/gpuctl"))
    run = t.gpuctl.provision().ended(1)
    expect.holds_text(run.said, what, "what provision says")
    expect.equal(jobs.so_far(), [], "jobs on the node")


@case("another driver is found and refused", state="converged")
def version(t):
    t.node.fault("driver", "535.104.05")
    breaks(t, "driver version")
    refused(t, "535.104.05")
    t.node.fault("driver", "none")
    t.gpuctl.verify().ended(0)


@case("a bare node with another driver is not touched")
def bare(t):
    t.node.fault("driver", "535.104.05")
    before = t.node.written()
    refused(t, "535.104.05")
    expect.equal(t.node.written(), before, "files on the node's disk")


@case("a stopped persistence daemon is found", state="converged")
def persistence(t):
    t.node.sh("systemctl stop nvidia-persistenced")
    breaks(t, "persistence daemon")
    refused(t, "persistence")


@case("a kernel parameter that is absent is found", state="converged")
def parameter(t):
    t.node.fault("kernel-parameter", "absent")
    breaks(t, "kernel parameters")
    refused(t, "nvidia-drm.modeset=1")
