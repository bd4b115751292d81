"""The lab as tests use it: what changes it goes through its command line, what reads it through its modules."""

import functools
import shlex
import subprocess

from labtest import places
from labtest.expect import Failure



def call(*words):
    """`lab WORDS`; its output. What fails here is no test's fault, but the test cannot go on."""
    done = subprocess.run([places.LAB, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"lab {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


@functools.lru_cache
def env():
    """What `lab env` prints, without the prefix: KEY, REPOSITORY, NODE_NAME_HOST_KEY …"""
    words = (row.split("=", 1) for row in call("env").splitlines())
    return {name.removeprefix("LAB_"): shlex.split(value)[0] for name, value in words}


disturbed = {"repo", "distance", "blackhole"}  # what an earlier process left is not known


def repo(mode):
    disturbed.add("repo")
    call("repo", mode)


def distance(state):
    disturbed.add("distance")
    call("distance", state)


def black_hole(on):
    disturbed.add("blackhole")
    call("blackhole", "on" if on else "off")


def sound():
    """Puts right what an earlier case may have disturbed outside the machines."""
    for what, state in (("repo", "up"), ("distance", "on")):
        if what in disturbed:
            call(what, state)
    disturbed.clear()
