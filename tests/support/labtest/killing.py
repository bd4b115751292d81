"""Runs that are killed while a job of theirs is on the node, and the ones after them."""

from labtest import expect, report
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


def killed_at_restart(t, unit):
    """A run that is killed while it restarts the unit; the next one converges."""
    gate = Gate(t.node, "agent").before_start_of(unit)
    run = t.gpuctl.start("provision", "--yes")
    gate.reached()
    run.kill()
    gate.remove()
    gate.open()
    healed(t)
