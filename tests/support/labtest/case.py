"""Cases: what a test file declares, and how they are run one after the other."""

import contextlib
import shutil
import time
import traceback

from labtest import converged, golden, lab, node, overlay, places
from labtest.expect import Failure
from labtest.gpuctl import Gpuctl

NODE = "k3s-gpu-worker"
cases = []


def case(title, state="bare", machines=(NODE,)):
    """Declares a function as a case. `state`: bare, converged, or `as it is` for one that goes on where the last ended."""

    def declare(function):
        cases.append((title, state, machines, function))
        return function

    return declare


class Test:
    """What a case is given: its folder, its node, gpuctl."""

    def __init__(self, title, machines):
        self.folder = places.fresh(title)
        self.node = node.one(machines[0])
        self.gpuctl = Gpuctl(self.folder)
        self.gpuctl.trust(lab.env()["CHARTS_CA"])
        self.gpuctl.use(overlay.site())

    def golden(self, name, text):
        golden.compare(name, text, self.folder)

    def golden_failure(self, name, run, made_equal=str):
        """What a provision that failed says of it; `made_equal` puts right what may come in any order."""
        golden.compare(name, made_equal(golden.failure(run.out)) + run.err, self.folder)


def prepare(state, machines):
    if state != "as it is":
        lab.sound()
    if state == "bare":
        lab.call("reset", *machines)
    elif state == "converged":
        converged.reset()


def run(title, state, machines, function):
    """Whether the case passed; one line, and on failure what was wrong and where to look."""
    began = time.monotonic()
    problem, test = "", None
    try:
        prepare(state, machines)
        test = Test(title, machines)
        function(test)
    except Failure as failure:
        problem = str(failure)
    except Exception:  # a bug of the test's own
        problem = traceback.format_exc()
    print(f"{'FAILED' if problem else 'ok':<6} {time.monotonic() - began:5.1f} s  {title}", flush=True)
    if problem:
        print(problem)
        keep(test, machines)
    elif test:
        shutil.rmtree(test.folder)
    return not problem


def keep(test, machines):
    if not test:
        return
    for name in machines:
        with contextlib.suppress(Exception):
            one = node.one(name)
            (test.folder / f"journal-{name}").write_text(one.run("journalctl", "--no-pager").stdout)
            (test.folder / f"network-{name}").write_text(one.run("sh", "-c", "ip neigh; ip -s link; ss -tan; cat /proc/net/netstat").stdout)
    print(f"what it left is in {test.folder}\n", flush=True)


def run_all(wanted):
    """Runs the cases whose title has one of the wanted words; the exit code."""
    chosen = [one for one in cases if not wanted or any(word in one[0] for word in wanted)]
    failed = sum(not run(*one) for one in chosen)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0
