"""plan on the bare node: it reaches the last step by predictions, says so in the accepted words, and writes nothing."""

import json

from labtest import expect, report
from labtest.case import case


@case("plan on a bare node is the accepted text and exits 2")
def text(t):
    run = t.gpuctl.plan().ended(2)
    t.golden("site/plan-bare.txt", run.out)
    expect.equal(run.err, "", "stderr")


@case("plan on a bare node reaches the last step", state="as it is")
def last_step(t):
    found = t.gpuctl.plan().ended(2).report
    expect.equal(report.states(found, "skipped"), [], "steps that were not reached")
    expect.equal(report.states(found, "failed"), [], "steps that fail")
    for one in report.steps(found):
        for gap in one["gaps"]:
            unknown = gap["check"]["outcome"] == "unknown"
            expect.that(not unknown or gap["check"]["because"].startswith("known after "), f"{one['name']}: unknown, and after what: {gap}")
    expect.equal(report.step(found, "service")["gaps"][0]["restarts"], ["k3s-agent.service"], "restarts of the last step")


# What gpuctl makes of systemctl's properties.
KEYS = {"load": "LoadState", "active": "ActiveState", "sub": "SubState", "enabled": "UnitFileState", "kill_mode": "KillMode",
        "fragment": "FragmentPath", "needs_reload": "NeedDaemonReload", "result": "Result"}


@case("a unit that systemd is not asked for reads as systemctl has it", state="as it is")
def absent_unit(t):
    unit = "rke2-server.service"
    t.gpuctl.run("facts", "k3s-gpu-worker", "--json", t.folder / "facts.json").ended(0)
    known = json.loads((t.folder / "facts.json").read_text())["facts"]
    answer = next(one["answer"] for one in known if one["question"] == f"unit {unit}")
    rows = t.node.sh('systemctl show -p "$1" -- "$2"', ",".join(KEYS.values()), unit).splitlines()
    said = dict(row.split("=", 1) for row in rows)
    expect.equal({key: answer[key] for key in KEYS}, {key: said[name] for key, name in KEYS.items()}, unit)
    t.node.sh('ln -s /dev/null "/run/systemd/system/$1"; systemctl daemon-reload', unit)
    try:
        t.gpuctl.run("facts", "k3s-gpu-worker", "--json", t.folder / "masked.json").ended(0)
    finally:
        t.node.sh('rm "/run/systemd/system/$1"; systemctl daemon-reload', unit)
    known = json.loads((t.folder / "masked.json").read_text())["facts"]
    expect.equal(next(one["answer"]["load"] for one in known if one["question"] == f"unit {unit}"), "masked", "a masked unit")


@case("plan and verify write nothing on a bare node")
def nothing_written(t):
    before = t.node.written()
    since = t.node.since("k3s-agent")
    t.gpuctl.plan().ended(2)
    t.gpuctl.verify().ended(2)
    t.gpuctl.run("facts", "k3s-gpu-worker").ended(0)
    after = t.node.written()
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    expect.equal(changed, [], "files that changed on the node's disk")
    expect.equal(t.node.run("ls", "/run/gpuctl").stdout, "", "jobs on the node")
    expect.equal(t.node.since("k3s-agent"), since, "start of k3s-agent")
