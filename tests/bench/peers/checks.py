"""The eleven checks of a converged node, as pyinfra would be written for them: facts, and an error where one does not hold."""

import os

from pyinfra import host
from pyinfra.api import OperationError
from pyinfra.facts.files import File, FileContents, Sha256File
from pyinfra.facts.server import Command

VERSION = os.environ["TOOLKIT_VERSION"]
KEYRING = "/usr/share/keyrings/nvidia-container-toolkit-keyring.gpg"
LIST = "/etc/apt/sources.list.d/nvidia-container-toolkit.list"
PACKAGES = "nvidia-container-toolkit nvidia-container-toolkit-base libnvidia-container-tools libnvidia-container1"


def said(command):
    return host.get_fact(Command, command=command, _sudo=True) or ""


def text(path):
    return "\n".join(host.get_fact(FileContents, path=path, _sudo=True) or [])


HOLDS = {
    "1 driver version": "535.274.02" in said("nvidia-smi --query-gpu=driver_version --format=csv,noheader"),
    "2 GPU and memory": "RTX 3060, 12288" in said("nvidia-smi --query-gpu=name,memory.total --format=csv,noheader,nounits"),
    "3 persistence daemon": said("systemctl is-active nvidia-persistenced") == "active",
    "4 kernel parameter": "nvidia-drm.modeset=1" in text("/proc/cmdline"),
    "5 keyring": bool(host.get_fact(Sha256File, path=KEYRING, _sudo=True)),
    "6 source list": "signed-by" in text(LIST),
    "7 no legacy list": not host.get_fact(File, path="/etc/apt/sources.list.d/nvidia-docker.list", _sudo=True),
    "8 packages": said(f"dpkg-query -W -f '${{Version}}:${{db:Status-Status}} ' {PACKAGES}").count(f"{VERSION}:installed") == 4,
    "9 held": "nvidia-container-toolkit" in said("apt-mark showhold").split(),
    "10 handler": "nvidia-container-runtime" in text("/var/lib/rancher/k3s/agent/etc/containerd/config.toml"),
    "11 agent": said("systemctl is-active k3s-agent") == "active",
}
for name, holds in HOLDS.items():
    if not holds:
        raise OperationError(f"does not hold: {name}")
