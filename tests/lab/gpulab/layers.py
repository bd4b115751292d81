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


# How pods get their addresses, from the host's package: k3s brings these programs along, too.
NETWORK = [Path("/usr/lib/cni") / name for name in ("ptp", "host-local", "loopback")]


def k3s():
    containerd, agent, runc = golang.containerd(), golang.k3s(), system.system() / "usr/sbin/runc"
    carried = images.archive() / "lab.tar"

    def fill(tree):
        system.put(tree, "usr/local/bin/k3s", agent / "k3s")
        for program in (*containerd.iterdir(), runc, *NETWORK):
            system.put(tree, f"{places.K3S_TOOLS[1:]}/{program.name}", program)
        system.put(tree, "var/lib/rancher/k3s/agent/images/lab.tar", carried, 0o644)

    return [str(containerd), str(agent), str(runc), str(carried), *NETWORK], fill


def server():
    program = golang.k3s()
    return [str(program)], lambda tree: system.put(tree, "usr/local/bin/k3s", program / "k3s")


PARTS = {"common": common, "bare": bare, "gpu": gpu, "k3s": k3s, "server": server}


def of(machine):
    """The lower folders of a machine, top first, made where they are missing."""
    below = [system.system()]
    for name in machine.layers:
        below.insert(0, system.layer(name, below, PARTS[name]()))
    return below
