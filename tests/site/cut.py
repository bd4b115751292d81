"""The connection cut while a job runs on the node: the job goes on, gpuctl comes back in the same run and finds its outcome."""

from labtest import expect, report
from labtest.case import case
from labtest.gate import Gate
from labtest.jobs import Jobs
from labtest.sshd import Log


def converged(t):
    t.gpuctl.plan().ended(0)
    expect.equal(t.node.sh("dpkg --audit"), "", "dpkg --audit")


@case("cut in the middle of apt, the same run finds the outcome")
def apt(t):
    log, gate = Log(t.node), Gate(t.node, "dpkg").before_dpkg()
    run = t.gpuctl.start("provision", "--yes")
    gate.reached()
    t.node.kill_connections()
    gate.remove()
    gate.open()
    report.clean(run.wait().ended(0).report)
    expect.within(log.logins, 2, 9, "logins")
    converged(t)


@case("cut while the agent restarts, the same run finds the outcome")
def restart(t):
    gate = Gate(t.node, "agent").before_start_of("k3s-agent.service")
    run = t.gpuctl.start("provision", "--yes")
    gate.reached()
    t.node.kill_connections()
    gate.remove()
    gate.open()
    report.clean(run.wait().ended(0).report)
    converged(t)


@case("cut whenever a job begins, the same run converges")
def always(t):
    jobs = Jobs(t.node)
    run = t.gpuctl.start("provision", "--yes")
    cuts = 0
    while jobs.begun(run):
        t.node.kill_connections()
        cuts += 1
    run.wait().ended(0)
    expect.within(cuts, 3, 12, "cuts")
    converged(t)
