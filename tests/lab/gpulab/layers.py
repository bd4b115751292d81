"""What the machines' layers are made of beside the files in layers/: for each its inputs, and what adds them to its tree."""

from pathlib import Path

import golang
import images
import keys
import native
import places
import repository
import system


def common():
    client = keys.keys() / "client.pub"
    return [client], lambda tree: system.put(tree, "run/client.pub", client, 0o644)


def bare():
    return [], lambda tree: None


def gpu():
    programs, key = native.programs(), repository.signing() / "owner.gpg"

    def fill(tree):
        system.put(tree, "usr/bin/nvidia-persistenced", programs / "nvidia-persistenced")
        system.put(tree, "usr/lib/gpuctl-lab/hold-lock", programs / "hold-lock")
        system.put(tree, "run/legacy-key.gpg", key, 0o644)

    return [str(programs), key], fill


# How pods get their addresses, from the host's package: k3s brings these programs along, RKE2 a chart that does.
NETWORK = [Path("/usr/lib/cni") / name for name in ("ptp", "host-local", "loopback")]


def k3s():
    return agent("k3s", places.TOOLS["k3s"])


def rke2():
    return agent("rke2", "/opt/cni/bin")


def agent(name, plugins):
    """The same program under both names, and what it carries; where containerd looks for CNI's programs, they differ."""
    containerd, program, runc = golang.containerd(), golang.k3s(), system.system() / "usr/sbin/runc"
    carried = images.archive() / "lab.tar"

    def fill(tree):
        system.put(tree, f"usr/local/bin/{name}", program / "k3s")
        for one in (*containerd.iterdir(), runc):
            system.put(tree, f"{places.TOOLS[name][1:]}/{one.name}", one)
        for one in NETWORK:
            system.put(tree, f"{plugins[1:]}/{one.name}", one)
        system.put(tree, f"var/lib/rancher/{name}/agent/images/lab.tar", carried, 0o644)

    return [str(containerd), str(program), str(runc), str(carried), name, plugins, *NETWORK], fill


def server():
    program = golang.k3s()
    return [str(program)], lambda tree: system.put(tree, "usr/local/bin/k3s", program / "k3s")


PARTS = {"common": common, "bare": bare, "gpu": gpu, "k3s": k3s, "rke2": rke2, "server": server}


def of(machine):
    """The lower folders of a machine, top first, made where they are missing."""
    below = [system.system()]
    for name in machine.layers:
        below.insert(0, system.layer(name, below, PARTS[name]()))
    return below
