"""An nvidia-smi that hangs, fails or prints rubbish: the driver's check fails, and nothing else is lost."""

from labtest import expect, report
from labtest.case import case


def misbehaves(t, how):
    t.node.fault("nvidia-smi", how)
    run = t.gpuctl.verify().ended(2)
    expect.within(run.seconds, 0, 30, "seconds")
    expect.equal({step for step, _ in report.failed_checks(run.report)}, {"driver"}, "steps that fail")
    t.golden_failure(f"faults/nvidia-smi-{how}.txt", run)
    t.node.fault("nvidia-smi", "none")
    t.gpuctl.verify().ended(0)


@case("nvidia-smi hangs", state="converged")
def hangs(t):
    misbehaves(t, "hang")


@case("nvidia-smi fails", state="as it is")
def fails(t):
    misbehaves(t, "fail")


@case("nvidia-smi prints rubbish", state="as it is")
def rubbish(t):
    misbehaves(t, "rubbish")


@case("nvidia-smi is not there", state="as it is")
def absent(t):
    t.node.sh("mv /usr/bin/nvidia-smi /root/")
    run = t.gpuctl.verify().ended(2)
    t.golden_failure("faults/nvidia-smi-absent.txt", run)
    t.node.sh("mv /root/nvidia-smi /usr/bin/")
    t.gpuctl.verify().ended(0)
