"""An agent that does not come back after its restart."""

from labtest import expect, overlay, report
from labtest.case import case

# systemd would start it again and again, and the deadline could fall anywhere in that circle.
NEVER_AGAIN = "/run/systemd/system/k3s-agent.service.d/lab.conf"


# What is said while it is being stopped: how much of it is among the last ten lines depends on what else was running.
STOPPING = ("Shutting down", "Stopping k3s-agent", "Stopped k3s-agent", "k3s-agent.service: Deactivated")


def in_order(text):
    """Its last words since it was started, sorted: those of systemd and those of the agent come by different ways, and may
    overtake each other."""
    rows = text.splitlines()
    begin = next(at for at, row in enumerate(rows) if row.strip() == "its last words") + 1
    depth = len(rows[begin]) - len(rows[begin].lstrip())
    end = next((at for at in range(begin, len(rows)) if len(rows[at]) - len(rows[at].lstrip()) < depth), len(rows))
    words = [row for row in rows[begin:end] if not row.strip().startswith(STOPPING)]
    return "".join(row + "\n" for row in [*rows[:begin], *sorted(words), *rows[end:]])


@case("the agent does not come back, and says why")
def agent(t):
    t.gpuctl.use(overlay.site(steps=[{"service": {}, "settle": "5s"}]))
    t.node.write(NEVER_AGAIN, "[Service]\nRestartSec=1h\n")
    t.node.sh("systemctl daemon-reload")
    t.node.fault("agent", "fails")
    run = t.gpuctl.provision().ended(1)
    t.golden_failure("faults/agent-does-not-come-back.txt", run, in_order)
    report_of = t.gpuctl.verify().ended(2).report
    expect.that(report.failed_checks(report_of), "verify found nothing wrong")
    t.node.fault("agent", "none")
    t.gpuctl.provision().ended(0)
    t.gpuctl.verify().ended(0)
