"""plan --out and provision --plan: what was reviewed is what is performed, or nothing is."""

from labtest import expect, report
from labtest.case import case
from labtest.watch import Watch


@case("a saved plan is performed")
def performed(t):
    saved = t.folder / "plan.json"
    t.gpuctl.plan("--out", saved).ended(2)
    report.clean(t.gpuctl.provision("--plan", saved).ended(0).report)
    t.gpuctl.plan().ended(0)


@case("a saved plan is refused when the node has moved")
def stale(t):
    saved = t.folder / "plan.json"
    t.gpuctl.plan("--out", saved).ended(2)
    t.node.sh("rm /etc/apt/sources.list.d/nvidia-docker.list; mkdir -p /run/gpuctl")
    jobs = Watch(t.node.path("/run/gpuctl"))
    run = t.gpuctl.provision("--plan", saved).ended(4)
    t.golden("site/plan-stale.txt", run.err)
    expect.equal(jobs.so_far(), [], "jobs on the node")


@case("time that passes and a unit that runs on do not make it stale")
def uptime(t):
    saved = t.folder / "plan.json"
    t.gpuctl.plan("--out", saved).ended(2)
    t.node.sh("read -r up _ </proc/uptime; touch /root/x; systemctl --version >/dev/null")
    t.gpuctl.provision("--plan", saved).ended(0)


@case("without --yes and without a terminal nothing is performed")
def unconfirmed(t):
    before = t.node.written()
    run = t.gpuctl.run("provision").ended(4)
    t.golden("site/provision-unconfirmed.txt", run.err)
    expect.equal(t.node.written(), before, "files on the node's disk")


@case("--dry-run is plan")
def dry_run(t):
    before = t.node.written()
    run = t.gpuctl.run("provision", "--dry-run").ended(2)
    expect.equal(t.node.written(), before, "files on the node's disk")
    t.golden("site/plan-bare.txt", run.out)
