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
    remove_tree(group)


def hierarchies():
    """Where the controllers of version 1 are mounted on this host; none where all are of version 2."""
    for row in Path("/proc/self/mounts").read_text().splitlines():
        _, where, kind, options = row.split()[:4]
        if kind == "cgroup" and "name=" not in options:
            yield Path(where)


def make_v1(name):
    """The machine's group in each hierarchy of version 1: inside the machine it will be the root, so that the groups which
    a kubelet makes there are the machine's own."""
    groups = []
    for hierarchy in hierarchies():
        group = hierarchy / places.STATE.name / name
        group.mkdir(parents=True, exist_ok=True)
        for part in (group.parent, group):
            for inherited in ("cpuset.cpus", "cpuset.mems"):  # without them a cpuset takes no process
                if (part / inherited).exists() and not (part / inherited).read_text().strip():
                    (part / inherited).write_text((part.parent / inherited).read_text())
        groups.append(group)
    return groups


def end_v1(name):
    """Removes them; their processes have been ended."""
    for hierarchy in hierarchies():
        remove_tree(hierarchy / places.STATE.name / name)


def remove_tree(group):
    for below in sorted(group.rglob("*"), reverse=True):
        if below.is_dir():
            below.rmdir()
    if group.is_dir():
        group.rmdir()


def down():
    end(root())
    for hierarchy in hierarchies():
        remove_tree(hierarchy / places.STATE.name)
    own = places.STATE / "cgroup"
    if own.is_mount():
        run("umount", own)
