"""The cluster that k3s-server is: how this host reaches it, and what becomes of a node in it that is reset."""

import base64
import contextlib
import json
import os
import re
import time
from pathlib import Path

import golang
import machine
import places
import say

WAIT_SECONDS = 120
SERVER = places.CONTROL_PLANE
KUBECONFIG = places.STATE / "kubeconfig"


def up():
    return machine.leader(SERVER) is not None


def folder():
    """The server's files, as this host sees them."""
    pid = machine.leader(SERVER)
    if not pid:
        raise say.Refused(f"there is no cluster: {SERVER.name} is not up; run: lab up {SERVER.name}")
    return Path(f"/proc/{pid}/root")


def kubeconfig_text(url=f"https://{SERVER.near}:6443"):
    text = (folder() / "etc/rancher/k3s/k3s.yaml").read_text()
    return re.sub(r"(?m)^(    server: ).*$", rf"\g<1>{url}", text)


def kubeconfig(far=False, proxied=False):
    address = f"{places.NEAR}.1" if proxied else SERVER.far if far else SERVER.near
    return kubeconfig_text(f"https://{address}:6443")


def written():
    """The file with the administrator's kubeconfig, which whoever called sudo can read."""
    beside = KUBECONFIG.with_suffix(".new")
    beside.touch(mode=0o600)
    beside.write_text(kubeconfig_text())
    os.chown(beside, int(os.environ.get("SUDO_UID", "0")), int(os.environ.get("SUDO_GID", "0")))
    beside.rename(KUBECONFIG)
    return KUBECONFIG


def kubectl(arguments):
    """The command line of kubectl as the cluster's administrator."""
    return [str(golang.kube() / "kube"), "kubectl", f"--kubeconfig={written()}", *arguments]


def connection():
    """A connection to the API server with the administrator's certificate."""
    import http.client  # these take as long as all the rest of most commands
    import ssl

    text = kubeconfig_text()
    data = {name: base64.b64decode(value).decode() for name, value in re.findall(r"(\S+)-data: (\S+)", text)}
    context = ssl.create_default_context(cadata=data["certificate-authority"])
    pair = places.STATE / "admin.pem"
    pair.touch(mode=0o600)
    pair.write_text(data["client-certificate"] + data["client-key"])
    context.load_cert_chain(pair)
    return http.client.HTTPSConnection(SERVER.near, 6443, context=context, timeout=WAIT_SECONDS)


def ask(link, method, path, body=None):
    """The answer to one request, or None where there is no such object."""
    link.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
    answer = link.getresponse()
    text = answer.read()
    if answer.status == 404:
        return None
    if answer.status >= 300:
        raise say.Refused(f"{method} {path}: {answer.status} {text.decode(errors='replace')[:300]}")
    return json.loads(text)


def forget(node):
    """Removes a node that is no more, and what ran on it: a machine that joins under the same name begins with nothing."""
    if not up():
        return
    link = connection()
    try:
        ask(link, "DELETE", f"/api/v1/nodes/{node.name}")
        pods = ask(link, "GET", f"/api/v1/pods?fieldSelector=spec.nodeName%3D{node.name}")
    except OSError as error:
        see = f"lab log {SERVER.name} -u k3s"
        raise say.Refused(f"the API server of {SERVER.name} does not answer ({error}); see: {see}") from None
    for pod in pods["items"]:
        path = f"/api/v1/namespaces/{pod['metadata']['namespace']}/pods/{pod['metadata']['name']}"
        ask(link, "DELETE", path, {"gracePeriodSeconds": 0})


def is_ready(node):
    conditions = node["status"].get("conditions", [])
    return any(one["type"] == "Ready" and one["status"] == "True" for one in conditions)


def wait_ready(nodes):
    """Returns when the machines are nodes and ready."""
    waiting = {one.name for one in nodes}
    deadline = time.monotonic() + WAIT_SECONDS
    while waiting:
        left = int(deadline - time.monotonic())
        if left <= 0:
            names = ", ".join(sorted(waiting))
            raise say.Refused(f"not ready in the cluster after {WAIT_SECONDS} s: {names}; see: lab kubectl get nodes")
        link = connection()
        with contextlib.closing(link):
            link.request("GET", f"/api/v1/nodes?watch=1&timeoutSeconds={left}")
            events = link.getresponse()
            while waiting and (line := events.readline()):
                node = json.loads(line)["object"]
                if is_ready(node):
                    waiting.discard(node["metadata"]["name"])
