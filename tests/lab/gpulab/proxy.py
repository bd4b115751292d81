"""The proxy in front of the cluster's API: what it does to requests, and what it has counted."""

import json
import socket

import cluster
import golang
import places
import say
import service

CONTROL = places.STATE / "api-proxy.sock"
KINDS = ("cut", "delay", "429", "500", "truncate", "refuse", "none")


def up():
    tls = cluster.folder() / "var/lib/rancher/k3s/server/tls"
    ends = [f"--listen={places.NEAR}.1:6443", f"--upstream={cluster.SERVER.near}:6443"]
    service.start("api-proxy", golang.api_proxy() / "api-proxy", *ends, f"--tls-dir={tls}", f"--control={CONTROL}")


def down():
    service.stop("api-proxy")
    CONTROL.unlink(missing_ok=True)


def control(method, path, body=None):
    """One request over the proxy's own socket."""
    import http.client  # takes as long as all the rest of most commands

    link = http.client.HTTPConnection("api-proxy")
    link.sock = socket.socket(socket.AF_UNIX)
    try:
        link.sock.connect(str(CONTROL))
    except OSError as error:
        raise say.Refused(f"the proxy is not up ({error}); run: lab api-proxy up") from None
    link.request(method, path, json.dumps(body) if body else None)
    answer = link.getresponse()
    text = answer.read().decode()
    if answer.status >= 300:
        raise say.Refused(f"the proxy says: {text.strip()}")
    return text


def fault(args):
    if args.kind == "none":
        control("DELETE", "/faults")
        return
    rule = {"kind": args.kind, "verb": args.verb, "path": args.path, "times": args.times}
    control("POST", "/faults", {**rule, "bytes": args.bytes, "milliseconds": args.ms, "retryAfter": args.retry_after})


def act(args):
    if args.action == "up":
        up()
    elif args.action == "down":
        down()
    elif args.action == "fault":
        if args.kind not in KINDS:
            raise say.Refused(f"api-proxy fault is one of {', '.join(KINDS)}, not `{args.kind}`")
        fault(args)
    elif args.action == "counts":
        print(control("GET", "/counts"), end="")
    else:
        control("DELETE", "/counts")
