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
RKE2_SERVER = f"https://{FAR}.9:{SUPERVISOR_PORT}"  # the same server, by the address that RKE2's agents are told
PASSWORDS = {"admin": "lab-admin"}


@dataclass(frozen=True)
class Machine:
    name: str
    number: int  # last part of its addresses
    layers: tuple  # upon the system, lowest first
    containerd: str = ""  # where its containerd keeps images and snapshots, which cannot lie on an overlay

    @property
    def agent(self):
        """The unit that makes it a node, where it is to be one."""
        return next((unit for layer, unit in AGENTS.items() if layer in self.layers), "")

    @property
    def tools(self):
        """Where the program with all of Kubernetes is bound in; None where nothing needs it."""
        return next((place for layer, place in TOOLS.items() if layer in self.layers), None)

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


AGENTS = {"k3s": "k3s-agent", "rke2": "rke2-agent"}
TOOLS = {name: f"/var/lib/rancher/{name}/data/lab/bin" for name in AGENTS}
TOOLS["server"] = TOOLS["k3s"]
SERVER = (("common", "bare", "server"),)
K3S = ("common", "gpu", "bare", "k3s"), "/var/lib/rancher/k3s/agent/containerd"
RKE2 = ("common", "gpu", "bare", "rke2"), "/var/lib/rancher/rke2/agent/containerd"
PLAIN = ("common", "gpu"), "/var/lib/containerd"
JUMP = (("common", "bare"),)
MACHINES = {
    m.name: m
    for m in (
        Machine("k3s-server", 9, *SERVER),
        Machine("k3s-gpu-worker", 10, *K3S),
        Machine("node2", 11, *K3S),
        Machine("node3", 12, *K3S),
        Machine("rke2-gpu-worker", 13, *RKE2),
        Machine("plain-gpu", 20, *PLAIN),
        Machine("jump1", 31, *JUMP),
        Machine("jump2", 32, *JUMP),
    )
}
DEFAULT = ("k3s-gpu-worker",)
CONTROL_PLANE = MACHINES["k3s-server"]
