"""An agent that does not come back after its restart."""

from labtest import expect, overlay, report
from labtest.case import case


@case("the agent does not come back, and says why")
def agent(t):
    t.gpuctl.use(overlay.site(steps=[{"service": {}, "settle": "5s"}]))
    t.node.fault("agent", "fails")
    run = t.gpuctl.provision().ended(1)
    # No golden text: systemd starts it again and again, and where in that circle the deadline falls differs from run to run.
    for words in ("FAILED   service", "k3s-agent", "its last words", "told to by the lab", "not as predicted"):
        expect.holds_text(run.said, words, "what provision says")
    report_of = t.gpuctl.verify().ended(2).report
    expect.that(report.failed_checks(report_of), "verify found nothing wrong")
    t.node.fault("agent", "none")
    t.gpuctl.provision().ended(0)
    t.gpuctl.verify().ended(0)
