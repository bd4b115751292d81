"""The lab's processes on this host: the server of both repositories, the distance, and when asked for the proxy before the API."""

import os
import select
import signal
import subprocess
import sys

import cgroup
import charts
import native
import network
import places
import repository
import say

CONTROL = places.STATE / "repository"


def start(name, *words):
    """Starts a process in a control group of its own and returns when it has said `ready`."""
    if running(name):
        return
    stop(name)
    group = cgroup.make(name)
    read, write = os.pipe()
    with open(places.STATE / f"{name}.log", "wb") as log:
        enter = f'echo $$ >"{group}/cgroup.procs"; exec "$@" >&{write}'
        process = subprocess.Popen(
            ["sh", "-c", enter, "sh", *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[write],
            start_new_session=True,
        )
    os.close(write)
    heard = select.select([read], [], [], 10)[0] and os.read(read, 6)
    os.close(read)
    if not (heard or b"").startswith(b"ready"):
        raise say.Refused(f"{name} did not start:\n{(places.STATE / f'{name}.log').read_text()}")
    (places.STATE / f"{name}.pid").write_text(str(process.pid))


def running(name):
    procs = cgroup.root() / name / "cgroup.procs"
    return procs.exists() and bool(procs.read_text().split())


def stop(name):
    cgroup.end(cgroup.root() / name)


def repository_up():
    folders = repository.tree(), charts.tree(), charts.identity()
    start("repository", sys.executable, places.HERE / "gpulab/serve.py", places.REPOSITORY, CONTROL, *folders)


MODES = ("up", "down", "wrong-key", "gone", "broken", "slow")


def repository_mode(mode):
    """`down`: nothing listens; the rest is what serve.py does with the word."""
    CONTROL.write_text(mode)
    if mode == "down":
        stop("repository")
    else:
        repository_up()


def distance_up(round_trip_ms=42):
    delay_us = int(round_trip_ms * 500)
    start("distance", native.programs() / "distance", network.TAP, network.FAR_NETNS, network.FAR_TAP, delay_us)


def distance(state):
    """Starts the distance anew with the given round trip in milliseconds; `on` is 42, `off` ends it."""
    stop("distance")
    if state != "off":
        try:
            distance_up(42 if state == "on" else float(state))
        except ValueError:
            raise say.Refused(f"distance is on, off or milliseconds, not `{state}`") from None


def black_hole(on):
    if not running("distance"):
        raise say.Refused("the distance is not up; run: lab distance on")
    for machine in places.MACHINES.values():
        network.know_far(machine, on)
    os.kill(int((places.STATE / "distance.pid").read_text()), signal.SIGUSR1 if on else signal.SIGUSR2)
