"""gpuctl killed while a job of its runs on the node: the job goes on to its end, and the next run goes on from there."""

import select

from labtest import expect, report
from labtest.case import case
from labtest.gate import Gate
from labtest.jobs import Jobs

MOST_RUNS = 12


def healed(t):
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.verify().ended(0)
    t.gpuctl.plan().ended(0)
    expect.equal(t.node.sh("dpkg --audit"), "", "dpkg --audit")


def chain(t, wait_for):
    """Kills run after run at the moment that `wait_for` finds, until a run meets no such moment: each starts where the last
    was killed, so that every job of a provision is met. Each job must come to its end. How many were killed."""
    for killed in range(MOST_RUNS):
        jobs = Jobs(t.node)
        run = t.gpuctl.start("provision", "--yes")
        job = wait_for(jobs, run)
        if not job:
            run.wait().ended(0)
            return killed
        run.kill()
        jobs.end(job)
    raise expect.Failure(f"not converged after {MOST_RUNS} runs")


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
    gate = Gate(t.node, "agent").before_start_of("k3s-agent.service")
    run = t.gpuctl.start("provision", "--yes")
    gate.reached()
    run.kill()
    gate.remove()
    gate.open()
    healed(t)


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
