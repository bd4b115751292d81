"""Measuring: commands run in turns, so that what else the machine does falls on all of them; medians; a table of ratios."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time


class Failed(Exception):
    """A command that should have succeeded did not, so its time means nothing."""


def run(command, stdin=None, env=None):
    """Wall seconds of a command that succeeds."""
    with open(stdin or os.devnull, "rb") as source:
        began = time.monotonic()
        done = subprocess.run([str(word) for word in command], stdin=source, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={**os.environ, **(env or {})}, check=False)
        took = time.monotonic() - began
    if done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout.decode(errors='replace')[-2000:]}")
    return took


def with_processor(command, **options):
    """(wall seconds, processor seconds) of a command and all it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = run(command, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peak(command):
    """Peak memory in MiB. A process of our own making would count this interpreter's memory too, so time(1) starts it."""
    with tempfile.NamedTemporaryFile("r") as figure:
        run(["/usr/bin/time", "-q", "-f", "%M", "-o", figure.name, *command])
        return int(figure.read()) / 1024


def in_turns(rounds, commands, before=None):
    """{name: (median seconds, least, most)} of each named command, a round of all of them at a time."""
    seen = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            if sys.stderr.isatty():
                print(f"\r\033[K  {number + 1}/{rounds} {name}", end="", file=sys.stderr, flush=True)
            if before:
                before()
            seen[name].append(command())
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    return {name: (statistics.median(seconds), min(seconds), max(seconds)) for name, seconds in seen.items()}


def table(title, figures, wanted=None):
    """Prints the figures; the ratio is to the first row, or to the row that `wanted[name] = (ratio, to)` names."""
    print(f"\n{title}")
    base = next(iter(figures))
    print(f"  {'':<44}{'median':>9}{'least':>9}{'most':>9}{'ratio':>8}   wanted")
    for name, (middle, least, most) in figures.items():
        limit, to = (wanted or {}).get(name, (None, base))
        ratio = middle / figures[to][0]
        note = f"at most {limit} of: {to}" if limit else ""
        print(f"  {name:<44}{middle:>7.2f} s{least:>7.2f} s{most:>7.2f} s{ratio:>8.2f}   {note}")
