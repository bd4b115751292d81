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


@case("an agent whose start is under way is waited for, not restarted")
def under_way(t):
    t.gpuctl.provision("--only", "apt_repository", "--only", "apt_packages").ended(0)
    gate = Gate(t.node, "agent").before_start_of("k3s-agent.service")
    t.node.sh("systemctl restart --no-block k3s-agent")
    gate.reached()
    gate.remove()
    asked = Gate(t.node, "smi").before_program("/usr/bin/nvidia-smi")  # what may hang is asked last
    run = t.gpuctl.start("provision", "--yes")
    asked.reached()
    asked.open()
    run.until_said("Nothing was written.")
    gate.open()
    report.clean(run.wait().ended(0).report)
    expect.holds_text(run.out, "k3s-agent runs: activating -> active\n             closes with time", "the plan")
    expect.lacks_text(run.out, "will restart", "the plan")
    started = t.node.run("journalctl", "-o", "cat", "-u", "k3s-agent").stdout.count("Started k3s-agent.service")
    expect.equal(started, 2, "starts of the agent, that at boot and the one that was waited for")
    t.gpuctl.plan().ended(0)


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
