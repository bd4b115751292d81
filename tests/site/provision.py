"""provision on the bare node makes every check pass, and there is nothing to do afterwards."""

from labtest import expect, report
from labtest.case import case
from labtest.watch import Watch


@case("provision makes every check pass, and breaks no promise")
def provision(t):
    run = t.gpuctl.provision().ended(0)
    found = run.report
    report.clean(found)
    expect.that(len(report.states(found, "done")) >= 4, f"steps that were done: {report.states(found, 'done')}")
    t.golden("site/provision-bare.txt", run.out)


@case("then plan has nothing to do", state="as it is")
def plan(t):
    t.golden("site/plan-converged.txt", t.gpuctl.plan().ended(0).out)


@case("and verify passes", state="as it is")
def verify(t):
    run = t.gpuctl.verify().ended(0)
    report.clean(run.report)
    t.golden("site/verify-converged.txt", run.out)


@case("a second provision performs no action", state="as it is")
def again(t):
    t.node.sh("mkdir -p /run/gpuctl")
    before, since, jobs = t.node.written(), t.node.since("k3s-agent"), Watch(t.node.path("/run/gpuctl"))
    t.gpuctl.provision().ended(0)
    expect.equal(jobs.so_far(), [], "jobs on the node")
    expect.equal(t.node.since("k3s-agent"), since, "start of k3s-agent")
    expect.equal(t.node.written(), before, "files on the node's disk")


@case("the toolkit is really there and really used", state="as it is")
def real(t):
    version = t.node.sh("nvidia-ctk --version | sed -n 1p")
    expect.holds_text(version, "1.19.1", "nvidia-ctk --version")
    config = t.node.sh("cat /var/lib/rancher/k3s/agent/etc/containerd/config.toml")
    expect.holds_text(config, 'BinaryName = "/usr/bin/nvidia-container-runtime"', "the configuration of k3s's containerd")
    held = t.node.sh("apt-mark showhold | sort | tr '\\n' ' '").split()
    expect.equal(len(held), 4, f"held packages {held}")
    t.node.sh("apt-get -o APT::Update::Error-Mode=any update")
    t.node.sh("ctr version")
