"""SSH keys made on the spot: the client's, and one host key for each machine, kept so that pins hold across resets; and
the word with which a node joins the lab's cluster."""

import os
import secrets

import cache
import places
from run import run


def keys():
    """The folder with `client`, `client.pub` and NAME, NAME.pub for each machine."""

    def make(folder):
        for name in ("client", *places.MACHINES):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"gpuctl-lab {name}", "-f", folder / name)
        (folder / "token").write_text(secrets.token_hex(16))

    return cache.made("keys", ["keys 2", *places.MACHINES], make, "SSH keys")


def token():
    return (keys() / "token").read_text()


def client():
    """The client's key where the user that called sudo can read it; the cache may lie in root's home."""
    user = int(os.environ.get("SUDO_UID", "0"))
    key = places.STATE / (f"client-{user}" if user else "client")
    if not key.exists():
        made = key.with_suffix(".new")
        made.touch(mode=0o600)
        made.write_bytes((keys() / "client").read_bytes())
        os.chown(made, user, int(os.environ.get("SUDO_GID", "0")))
        made.rename(key)
    return key


def fingerprint(name):
    """The SHA256 fingerprint of a machine's host key, as ssh-keygen and playbooks write it."""
    return run("ssh-keygen", "-l", "-E", "sha256", "-f", keys() / f"{name}.pub").split()[1]
