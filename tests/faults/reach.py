"""A node that cannot be reached: one clear error, exit 3, in time; and nothing stands in the way of the next run."""

import time

from labtest import expect, lab, overlay, report
from labtest.case import case
from labtest.gate import Gate

MOST_SECONDS = 30


def asked(t, name, **host):
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(**host)}))
    run = t.gpuctl.verify().ended(3)
    expect.within(run.seconds, 0, MOST_SECONDS, "seconds")
    t.golden(f"faults/{name}.txt", run.said)


@case("an address where nothing is")
def unreachable(t):
    asked(t, "unreachable", address=lab.env()["K3S_GPU_WORKER"].rsplit(".", 1)[0] + ".250")


@case("a name that is no name", state="as it is")
def no_name(t):
    asked(t, "no-such-name", address="no-such-node.invalid")


@case("a port where nothing listens", state="as it is")
def refused(t):
    asked(t, "refused", port=2)


@case("a line that swallows everything", state="as it is")
def black_hole(t):
    lab.black_hole(True)
    asked(t, "black-hole", far=True)
    lab.black_hole(False)


@case("a server that accepts and says nothing", state="as it is")
def silent(t):
    server = t.node.start("python3", "-c", SILENT)
    server.stdout.readline()
    t.gpuctl.words = ["--timeout", "3"]
    asked(t, "silent", port=2200)
    server.kill()


SILENT = "import socket; s = socket.create_server(('', 2200)); print('ready', flush=True); c, _ = s.accept(); c.recv(1000); s.accept()"


@case("a server that is none of SSH", state="as it is")
def other(t):
    server = t.node.start("python3", "-c", OTHER)
    server.stdout.readline()
    asked(t, "no-ssh", port=2201)
    server.kill()


OTHER = """
import socket
s = socket.create_server(("", 2201))
print("ready", flush=True)
c, _ = s.accept()
c.sendall(b"HTTP/1.1 400 Bad Request\\r\\n\\r\\n")
"""


@case("a line that dies in the middle of the questions")
def dies(t):
    gate = Gate(t.node, "smi")
    t.node.write("/usr/bin/nvidia-smi", f"#!/bin/sh\n{gate.command}\n")
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(far=True)}))
    run = t.gpuctl.start("verify")
    gate.reached()
    lab.black_hole(True)
    began = time.monotonic()
    run.wait(60).ended(3)
    expect.within(time.monotonic() - began, 0, MOST_SECONDS, "seconds")
    t.golden("faults/line-died.txt", run.said)
    gate.open()


@case("and when the cause is gone the next run converges")
def afterwards(t):
    lab.sound()
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.verify().ended(0)
