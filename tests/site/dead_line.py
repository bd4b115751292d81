"""A line that swallows everything from the middle of a job on: an error in time, and the next run finds the job's outcome."""

import time

from labtest import expect, lab, overlay
from labtest.case import case
from labtest.gate import Gate

MOST_SECONDS = 30


@case("a line that dies in the middle of apt and stays dead is an error, and the next run converges")
def dead(t):
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(far=True)}))
    gate = Gate(t.node, "dpkg").before_dpkg()
    run = t.gpuctl.start("provision", "--yes")
    gate.reached()
    lab.black_hole(True)
    began = time.monotonic()
    run.wait(100)
    expect.within(time.monotonic() - began, 0, MOST_SECONDS, "seconds until the error")
    expect.within(run.rc, 1, 3, "exit code")
    lab.black_hole(False)
    gate.remove()
    gate.open()
    t.gpuctl.provision().ended(0)
    t.gpuctl.plan().ended(0)
    expect.equal(t.node.sh("dpkg --audit"), "", "dpkg --audit")
