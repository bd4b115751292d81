"""What the machines' layers are made of beside the files in layers/: for each its inputs, and what adds them to its tree."""

import golang
import keys
import native
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


def k3s():
    containerd, agent, runc = golang.containerd(), golang.k3s(), system.system() / "usr/sbin/runc"

    def fill(tree):
        system.put(tree, "usr/local/bin/k3s", agent / "k3s")
        for program in (*containerd.iterdir(), runc):
            system.put(tree, f"var/lib/rancher/k3s/data/lab/bin/{program.name}", program)

    return [str(containerd), str(agent), str(runc)], fill


PARTS = {"common": common, "bare": bare, "gpu": gpu, "k3s": k3s}


def of(machine):
    """The lower folders of a machine, top first, made where they are missing."""
    below = [system.system()]
    for name in machine.layers:
        below.insert(0, system.layer(name, below, PARTS[name]()))
    return below
