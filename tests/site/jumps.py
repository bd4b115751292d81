"""The whole once more through two jump hosts, 42 ms away."""

from labtest import expect, lab, overlay, report
from labtest.case import case
from labtest.sshd import Log

MACHINES = ("k3s-gpu-worker", "jump1", "jump2")


def through(t):
    hosts = {
        "jump1": overlay.host("jump1", far=True),
        "jump2": overlay.host("jump2"),
        "k3s-gpu-worker": overlay.host(jump=["jump1", "jump2"]),
    }
    t.gpuctl.use(overlay.site(hosts))


@case("plan, provision, verify and plan through two jump hosts at 42 ms", machines=MACHINES)
def whole(t):
    lab.distance("on")
    through(t)
    t.gpuctl.plan().ended(2)
    report.clean(t.gpuctl.provision().ended(0).report)
    log = Log(t.node)
    run = t.gpuctl.verify().ended(0)
    expect.equal((log.logins, log.sessions), (1, 1), "logins and sessions of verify")
    expect.within(run.seconds, 0, 10, "seconds of verify")
    t.gpuctl.plan().ended(0)


@case("a jump host that dies in the middle is an error within 30 s", state="as it is", machines=MACHINES)
def dead(t):
    through(t)
    lab.black_hole(True)
    run = t.gpuctl.verify().ended(3)
    expect.within(run.seconds, 0, 30, "seconds of verify")
    lab.black_hole(False)
    t.gpuctl.verify().ended(0)
