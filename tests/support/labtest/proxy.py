"""The proxy in front of the API server: what gpuctl asked of the cluster, and faults in the answers."""

import json

from labtest import cluster, lab


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


def forget():
    lab.call("api-proxy", "reset")


def counts():
    """{requests, depth, verbs, log} since the last `forget`."""
    return json.loads(lab.call("api-proxy", "counts"))


def writes():
    """What was changed since: (verb, name) of each object, sorted. Dry runs and the test pod are none of it."""
    changing = [one for one in counts()["log"] if one["Verb"] in ("create", "update", "patch", "delete")]
    real = [one for one in changing if "dryRun=All" not in one["Query"] and "/pods" not in one["Path"]]
    return sorted((one["Verb"], one["Path"].rsplit("/", 1)[1]) for one in real)
