"""The lab as tests use it: what changes it goes through its command line, what reads it through its modules."""

import functools
import shlex
import subprocess

from labtest import places
from labtest.expect import Failure

import service as lab_service


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


def repo(mode):
    call("repo", mode)


def distance(state):
    call("distance", state)


def black_hole(on):
    call("blackhole", "on" if on else "off")


def sound():
    """Ends what an earlier case may have left broken outside the machines."""
    call("repo", "up")
    if not (lab_service.running("distance")):
        call("distance", "on")
    black_hole(False)
