"""Where the lab keeps its things, and the names and addresses of its machines."""

import os
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
CACHE = Path(
    os.environ.get("GPUCTL_LAB_CACHE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gpuctl-lab"
)
NUMBER = int(os.environ.get("GPUCTL_LAB") or 0)  # several labs can be up beside each other, each with its number
SUFFIX = f"-{NUMBER}" if NUMBER else ""
STATE = Path(f"/run/gpuctl-lab{SUFFIX}")

NEAR = f"10.{77 + NUMBER}.0"  # reached directly
NEAR6 = f"fd77:{NUMBER + 1:x}"
FAR = f"10.{77 + NUMBER}.42"  # the same machines, through the distance
REPOSITORY = f"{NEAR}.2"
K3S_SERVER = f"https://{FAR}.9:6443"  # where the agents join when k3s-server is up
SUPERVISOR_PORT = 9345
PASSWORDS = {"admin": "lab-admin"}


@dataclass(frozen=True)
class Machine:
    name: str
    number: int  # last part of its addresses
    layers: tuple  # upon the system, lowest first
    containerd: str = ""  # where its containerd keeps images and snapshots, which cannot lie on an overlay

    @property
    def near(self):
        return f"{NEAR}.{self.number}"

    @property
    def far(self):
        return f"{FAR}.{self.number}"

    @property
    def near6(self):
        return f"{NEAR6}::{self.number}"

    @property
    def netns(self):
        return f"gpuctl{SUFFIX}-{self.name}"

    @property
    def folder(self):
        return STATE / "machines" / self.name


K3S_TOOLS = "/var/lib/rancher/k3s/data/lab/bin"
SERVER = (("common", "bare", "server"),)
K3S = ("common", "gpu", "bare", "k3s"), "/var/lib/rancher/k3s/agent/containerd"
PLAIN = ("common", "gpu"), "/var/lib/containerd"
JUMP = (("common", "bare"),)
MACHINES = {
    m.name: m
    for m in (
        Machine("k3s-server", 9, *SERVER),
        Machine("k3s-gpu-worker", 10, *K3S),
        Machine("node2", 11, *K3S),
        Machine("node3", 12, *K3S),
        Machine("plain-gpu", 20, *PLAIN),
        Machine("jump1", 31, *JUMP),
        Machine("jump2", 32, *JUMP),
    )
}
DEFAULT = ("k3s-gpu-worker",)
CONTROL_PLANE = MACHINES["k3s-server"]
