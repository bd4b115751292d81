"""The proxy in front of the API server: what gpuctl asked of the cluster, and faults in the answers."""

import json
import re
import select
import time

from labtest import cluster, lab
from labtest.expect import Failure

import proxy as lab_proxy  # lab first makes the lab's modules findable

HELD = "600000"  # ms: longer than any run


def up():
    """Of the cluster that is there now: each has a CA of its own."""
    lab.call("api-proxy", "down")
    lab.call("api-proxy", "up")


def down():
    lab.call("api-proxy", "down")


def access():
    """The cluster in a playbook, by way of the proxy."""
    return {"kubeconfig": cluster.kubeconfig("--proxied")}


def fault(kind, *words):
    lab.call("api-proxy", "fault", kind, *words)


def hold(verb, path):
    """The next such request stands at the proxy, and nothing comes of it unless it is let go."""
    fault("delay", "--ms", HELD, "--verb", verb, "--path", path, "--times", "1")


def forget():
    lab.call("api-proxy", "reset")


def counts():
    """{requests, depth, verbs, log} since the last `forget`."""
    return json.loads(lab_proxy.control("GET", "/counts"))


def asked(run, verb, path, seconds=90):
    """Waits until the run has asked so, which it must before it ends."""
    deadline = time.monotonic() + seconds
    while not any(one["Verb"] == verb and re.search(path, one["Path"]) for one in counts()["log"]):
        if select.select([run.pidfd], [], [], 0.02)[0] or time.monotonic() > deadline:
            raise Failure(f"no request `{verb} {path}`; gpuctl said\n{run.said}")


def writes():
    """What was changed since: (verb, name) of each object, sorted. Dry runs and the test pod are none of it."""
    changing = [one for one in counts()["log"] if one["Verb"] in ("create", "update", "patch", "delete")]
    real = [one for one in changing if "dryRun=All" not in one["Query"] and "/pods" not in one["Path"]]
    return sorted((one["Verb"], one["Path"].rsplit("/", 1)[1]) for one in real)
