"""Lines for a person: progress with times, and the one sentence that ends a command."""

import contextlib
import sys
import time


class Refused(Exception):
    """Ends the command with one sentence: what is wrong and what to do."""


def line(text):
    print(f"lab: {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def stage(name):
    """Announces a stage that takes a while, and says how long it took."""
    line(f"{name} ...")
    start = time.monotonic()
    yield
    line(f"{name}: {time.monotonic() - start:.1f} s")
