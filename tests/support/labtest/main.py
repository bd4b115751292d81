"""Runs one file of cases: main.py FILE [WORD...] runs those whose title has one of the words. Exit 77: cannot run here."""

import fcntl
import os
import runpy
import shutil
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
SKIPPED = 77


def refusal():
    """Why no machine can be booted here, in a sentence; empty where it can."""
    if os.geteuid() != 0:
        return "skipped: the lab boots systemd machines, which needs root; run ./check as root or with sudo"
    for tool in ("systemd-nspawn", "debootstrap", "nsenter"):
        if not shutil.which(tool):
            return f"skipped: `{tool}` is not installed; tests/lab/lab deps installs what the lab needs"
    return ""


def main(file, *words):
    if why := refusal():
        print(why)
        return SKIPPED
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    from labtest import places  # says which lab

    if not places.GPUCTL.exists():
        print(f"{places.GPUCTL} is not built; run ninja -C build, or set GPUCTL")
        return 1
    with open(f"/run/gpuctl-lab-tests-{os.environ['GPUCTL_LAB']}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever else tests on this lab waits, file by file
        return run(file, words)


def run(file, words):
    from labtest import case, lab, node

    lab.call("up")
    runpy.run_path(file)
    code = case.run_all(words)
    if not words and node.is_up("k3s-server"):
        lab.call("down")  # a worker that finds a cluster joins it, and its kubelet writes: the next file wants none
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
