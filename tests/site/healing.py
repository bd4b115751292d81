"""Remedies come from what is so, not from what a run remembers."""

from labtest import expect, lab, report
from labtest.case import case
from labtest.gate import Gate


@case("killed after the packages came, the next run still restarts the agent")
def restart(t):
    since = t.node.since("k3s-agent")
    gate = Gate(t.node, "dpkg").after_dpkg()
    run = t.gpuctl.start("provision", "--yes")
    gate.reached()
    run.kill()
    gate.remove()
    gate.open()
    report.clean(t.gpuctl.provision().ended(0).report)
    expect.that(t.node.since("k3s-agent") != since, "k3s-agent was not restarted")
    t.gpuctl.verify().ended(0)


@case("a broken foreign repository is no obstacle")
def foreign(t):
    t.node.write("/etc/apt/sources.list.d/foreign.list", "deb http://10.255.255.1/nowhere stable main\n")
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.plan().ended(0)


@case("an index that could not be refreshed once is refreshed by the next run")
def index(t):
    gate = Gate(t.node, "update").before_update()
    run = t.gpuctl.start("provision", "--yes")
    gate.reached()
    lab.repo("down")
    gate.remove()
    gate.open()
    run.wait().ended(1)
    lab.repo("up")
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.plan().ended(0)
