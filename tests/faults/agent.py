"""An agent that does not come back after its restart."""

from labtest import expect, overlay, report
from labtest.case import case

DROP_IN = "/run/systemd/system/k3s-agent.service.d/lab.conf"
# systemd would start it again and again, and the deadline could fall anywhere in that circle.
NEVER_AGAIN = "[Service]\nRestartSec=1h\n"
NOT_EVEN_ONCE = NEVER_AGAIN + "ExecStartPre=/bin/false\n"

# What is said before it is started again: how much of it is among the last ten lines depends on what else was running.
BEFORE = (
    "Running containerd", "containerd is now running", "Waiting to join", "Joined", "Shutting down",
    "Stopping k3s-agent", "Stopped k3s-agent", "k3s-agent.service: Deactivated",
)
# What one says that has begun.
BEGUN = ("Started k3s-agent", "Starting k3s agent")


def in_order(text, before=BEFORE):
    """Its last words since it was started, sorted: those of systemd and those of the agent come by different ways, and may
    overtake each other."""
    rows = text.splitlines()
    begin = next(at for at, row in enumerate(rows) if row.strip() == "its last words") + 1
    depth = len(rows[begin]) - len(rows[begin].lstrip())
    end = next((at for at in range(begin, len(rows)) if len(rows[at]) - len(rows[at].lstrip()) < depth), len(rows))
    words = {row for row in rows[begin:end] if not row.strip().startswith(before)}
    return "".join(row + "\n" for row in [*rows[:begin], *sorted(words), *rows[end:]])


def never_begun(text):
    return in_order(text, BEFORE + BEGUN)


def broken(t, drop_in):
    """What gpuctl provision says of an agent with this drop-in, and verify after it."""
    t.gpuctl.use(overlay.site(steps=[{"service": {}, "settle": "5s"}]))
    t.node.write(DROP_IN, drop_in)
    t.node.sh("systemctl daemon-reload")
    run = t.gpuctl.provision().ended(1)
    expect.that(report.failed_checks(t.gpuctl.verify().ended(2).report), "verify found nothing wrong")
    return run


@case("the agent does not come back, and says why")
def agent(t):
    t.node.fault("agent", "fails")
    t.golden_failure("faults/agent-does-not-come-back.txt", broken(t, NEVER_AGAIN), in_order)
    t.node.fault("agent", "none")
    t.gpuctl.provision().ended(0)
    t.gpuctl.verify().ended(0)


@case("the agent cannot even be started")
def start(t):
    t.golden_failure("faults/agent-cannot-be-started.txt", broken(t, NOT_EVEN_ONCE), never_begun)
    t.node.sh(f"rm {DROP_IN}; systemctl daemon-reload")
    t.gpuctl.provision().ended(0)
    t.gpuctl.verify().ended(0)
