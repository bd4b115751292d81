"""What the machines' layers are made of beside the files in layers/."""

import keys
import system


def nothing(_):
    pass


def common():
    client = keys.keys() / "client.pub"
    return [client], lambda tree: system.put(tree, "run/client.pub", client, 0o644)


PARTS = {"common": common, "bare": lambda: ([], nothing), "gpu": lambda: ([], nothing), "k3s": lambda: ([], nothing), "plain": lambda: ([], nothing)}


def of(machine):
    """The lower folders of a machine, top first, made where they are missing."""
    below = [system.system()]
    for name in machine.layers:
        below.insert(0, system.layer(name, below, PARTS[name]()))
    return below
