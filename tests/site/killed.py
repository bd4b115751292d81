"""gpuctl killed while a job of its runs on the node: the job goes on to its end, and the next run goes on from there."""

import select

from labtest import expect
from labtest.case import case
from labtest.gate import Gate
from labtest.killing import MOST_RUNS, chain, healed, killed_at_restart


@case("killed when each job begins, the runs converge")
def begins(t):
    killed = chain(t, lambda jobs, run: jobs.begun(run))
    expect.within(killed, 3, MOST_RUNS, "runs that were killed")
    healed(t)


@case("killed when each job has ended, the runs converge")
def ends(t):
    killed = chain(t, lambda jobs, run: jobs.ended(run))
    expect.within(killed, 3, MOST_RUNS, "runs that were killed")
    healed(t)


@case("killed in the middle of dpkg, the next run waits for dpkg and converges")
def dpkg(t):
    gate = Gate(t.node, "dpkg").before_dpkg()
    run = t.gpuctl.start("provision", "--yes")
    gate.reached()
    run.kill()
    second = t.gpuctl.start("provision", "--yes")
    ended = select.select([second.pidfd], [], [], 2)[0]
    expect.that(not ended, f"the second run did not wait for dpkg:\n{second.said}")
    gate.remove()
    gate.open()
    second.wait().ended(0)
    healed(t)


@case("killed while the agent restarts, the next run converges")
def restart(t):
    killed_at_restart(t, "k3s-agent.service")


@case("interrupted by Ctrl-C, it exits 130 and the next run converges")
def interrupted(t):
    gate = Gate(t.node, "dpkg").before_dpkg()
    run = t.gpuctl.start("provision", "--yes")
    gate.reached()
    run.interrupt()
    run.wait().ended(130)
    gate.remove()
    gate.open()
    healed(t)
