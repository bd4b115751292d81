"""SSH keys made on the spot: the client's, and one host key for each machine, kept so that pins hold across resets."""

import cache
import places
from run import run


def keys():
    """The folder with `client`, `client.pub` and NAME, NAME.pub for each machine."""

    def make(folder):
        for name in ("client", *places.MACHINES):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"gpuctl-lab {name}", "-f", folder / name)

    return cache.made("keys", ["keys 1", *places.MACHINES], make, "SSH keys")


def fingerprint(name):
    """The SHA256 fingerprint of a machine's host key, as ssh-keygen and playbooks write it."""
    return run("ssh-keygen", "-l", "-E", "sha256", "-f", keys() / f"{name}.pub").split()[1]
