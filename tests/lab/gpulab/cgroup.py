"""A control group for each part of the lab, so that its processes can be found and ended without knowing their names."""

import select
from pathlib import Path

import places
import say
from run import run


def root():
    """The lab's control group: below the host's cgroup2 tree, or below one mounted for the lab where there is none."""
    for row in Path("/proc/self/mounts").read_text().splitlines():
        _, where, kind, options = row.split()[:4]
        if kind == "cgroup2" and "rw" in options.split(","):
            return Path(where) / places.STATE.name
    own = places.STATE / "cgroup"
    own.mkdir(parents=True, exist_ok=True)
    run("mount", "-t", "cgroup2", "none", own)
    return own / places.STATE.name


def make(name):
    group = root() / name
    try:
        group.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise say.Refused(f"control groups cannot be made here ({error}); the lab needs a privileged machine") from None
    return group


def end(group):
    """Ends every process of the group and of those below it, and removes them."""
    if not group.is_dir():
        return
    (group / "cgroup.kill").write_text("1")
    events = open(group / "cgroup.events", encoding="ascii")
    poll = select.poll()
    poll.register(events, select.POLLPRI)
    while "populated 1" in events.read():
        if not poll.poll(10000):
            raise say.Refused(f"the processes of {group} do not end: {(group / 'cgroup.procs').read_text().split()}")
        events.seek(0)
    events.close()
    for below in sorted(group.rglob("*"), reverse=True):
        if below.is_dir():
            below.rmdir()
    group.rmdir()


def down():
    end(root())
    own = places.STATE / "cgroup"
    if own.is_mount():
        run("umount", own)
