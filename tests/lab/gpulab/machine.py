"""A machine: a systemd-nspawn container with a network namespace and an overlay of its own."""

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import cache
import cgroup
import golang
import keys
import network
import places
import repository
import say

import layers

BOOT_SECONDS = 120


def find(name):
    if name not in places.MACHINES:
        raise say.Refused(f"there is no machine `{name}`; there are: {', '.join(places.MACHINES)}")
    return places.MACHINES[name]


def leader(machine):
    """The process number of the machine's init as this host sees it, or None where the machine does not run."""
    try:
        pid = int((machine.folder / "leader").read_text())
        inside = os.stat(f"/proc/{pid}/ns/net").st_ino == os.stat(f"/run/netns/{machine.netns}").st_ino
        return pid if inside else None
    except (OSError, ValueError):
        return None


def disk(machine):
    """What the machine has written lies here, on disk, because /run is often small."""
    return places.CACHE / f"machines{places.SUFFIX}" / machine.name


# What site A's administrator gave k3s.
AGENT = """\
server: {server}
token: {token}
node-ip: {address}
flannel-iface: tailscale0
node-label:
  - nvidia.com/gpu=true
  - gpu-type=rtx3060
node-taint:
  - gpu=true:NoSchedule
"""
# What site B's gave RKE2, as far as it is known.
RKE2_AGENT = """\
server: {server}
token: {token}
node-ip: {address}
node-label:
  - gpu=true
"""
SERVER = """\
token: {token}
advertise-address: {far}
tls-san:
  - {near}
  - {far}
supervisor-port: {port}
"""


def own_files(machine, upper):
    """What tells this machine from the others of its kind."""
    files = {
        "etc/hostname": (f"{machine.name}\n", 0o644),
        "etc/hosts": (f"127.0.0.1 localhost\n{machine.near} {machine.name}\n", 0o644),
        "etc/machine-id": (os.urandom(16).hex() + "\n", 0o444),
        "etc/ssh/ssh_host_ed25519_key": ((keys.keys() / machine.name).read_text(), 0o600),
        "etc/ssh/ssh_host_ed25519_key.pub": ((keys.keys() / f"{machine.name}.pub").read_text(), 0o644),
    }
    if "gpu" in machine.layers:
        files["etc/apt/sources.list.d/nvidia-docker.list"] = (repository.legacy_list(), 0o644)
    if "k3s" in machine.layers:
        agent = AGENT.format(server=places.K3S_SERVER, token=keys.token(), address=machine.far)
        files["etc/rancher/k3s/config.yaml"] = (agent, 0o600)
    if "rke2" in machine.layers:
        agent = RKE2_AGENT.format(server=places.RKE2_SERVER, token=keys.token(), address=machine.far)
        files["etc/rancher/rke2/config.yaml"] = (agent, 0o600)
    if "server" in machine.layers:
        server = SERVER.format(near=machine.near, far=machine.far, token=keys.token(), port=places.SUPERVISOR_PORT)
        files["etc/rancher/k3s/config.yaml"] = (server, 0o600)
    for path, (text, mode) in files.items():
        target = upper / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        target.chmod(mode)


def command(machine, root, own):
    words = [
        "systemd-nspawn",
        "-q",
        "-D",
        root,
        "-b",
        "--register=no",
        "--keep-unit",
        "--notify-ready=yes",
        "--link-journal=no",
        "--console=pipe",
        "--resolv-conf=off",
        "--timezone=off",
        "--machine",
        machine.name,
        f"--network-namespace-path=/run/netns/{machine.netns}",
    ]
    if machine.containerd:
        words += ["--capability=all", f"--bind={own}:{machine.containerd}", "--bind=/dev/kmsg"]
        words.append("--system-call-filter=@keyring bpf")  # what runc needs and nspawn refuses
    if machine.tools:
        words.append(f"--bind-ro={golang.kube()}/kube:{machine.tools}/kube")
    return words


class Booting:
    """A machine that was started and is not yet ready."""

    def __init__(self, machine, snapshot=""):
        self.machine = machine
        kept = kept_layers(machine, snapshot)
        lower = ":".join(str(part) for part in [*kept, *layers.of(machine)])
        place = disk(machine) / str(time.monotonic_ns())
        parts = {part: place / part for part in ("upper", "work", "containerd")}
        for part in (*parts.values(), machine.folder / "root"):
            part.mkdir(parents=True, exist_ok=True)
        if not kept:
            own_files(machine, parts["upper"])
        (machine.folder / "stands-on").write_text(f"{parts['upper']}\n{snapshot}")
        network.attach(machine)
        self.socket = self.listen()
        group = cgroup.make(machine.name)
        root = machine.folder / "root"
        boot = [
            places.HERE / "gpulab/boot.sh",
            f"{places.STATE.name}/{group.name}",
            lower,
            parts["upper"],
            parts["work"],
            root,
        ]
        with open(machine.folder / "console.log", "wb") as console:
            self.process = subprocess.Popen(
                ["unshare", "-m", "--propagation", "private", *boot, *command(machine, root, parts["containerd"])],
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                start_new_session=True,
                env={
                    "PATH": os.environ["PATH"],
                    "NOTIFY_SOCKET": str(machine.folder / "notify"),
                    "LAB_CGROUPS": " ".join(map(str, cgroup.make_v1(machine.name) if machine.containerd else [])),
                },
            )

    def listen(self):
        path = self.machine.folder / "notify"
        path.unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listening.bind(str(path))
        return listening

    def wait(self):
        """Returns when the machine's systemd has reached its target: everything that it starts at boot is up."""
        ended = os.pidfd_open(self.process.pid)
        poll = select.poll()
        poll.register(self.socket, select.POLLIN)
        poll.register(ended, select.POLLIN)
        deadline = time.monotonic() + BOOT_SECONDS
        ready = False
        while not ready:
            events = poll.poll(max(0, deadline - time.monotonic()) * 1000)
            if not events or ended in [fd for fd, _ in events]:
                raise say.Refused(self.failure(bool(events)))
            ready = self.heard(self.socket.recv(65536).decode())
        os.close(ended)
        self.socket.close()

    def heard(self, message):
        fields = dict(row.split("=", 1) for row in message.splitlines() if "=" in row)
        if "X_NSPAWN_LEADER_PID" in fields:
            (self.machine.folder / "leader").write_text(fields["X_NSPAWN_LEADER_PID"])
        return fields.get("READY") == "1"

    def failure(self, ended):
        tail = (self.machine.folder / "console.log").read_text(errors="replace").splitlines()[-15:]
        what = "ended while booting" if ended else f"was not up after {BOOT_SECONDS} s"
        return "\n".join([f"{self.machine.name} {what}; its console said:", *tail])


def up(machines, snapshot=""):
    """Starts what does not run yet, all at once."""
    booting = []
    for machine in machines:
        if not leader(machine):
            stop(machine)
            booting.append(Booting(machine, snapshot))
    for one in booting:
        one.wait()
        wait_for_agent(one.machine)


def wait_for_agent(machine):
    """The agent's unit is up before its containerd is. Nothing outside the machine is told when that answers, so it is asked."""
    if not machine.agent:
        return
    path = f"/proc/{leader(machine)}/root/run/k3s/containerd/containerd.sock"
    deadline = time.monotonic() + BOOT_SECONDS
    while True:
        with socket.socket(socket.AF_UNIX) as containerd, contextlib.suppress(OSError):
            containerd.connect(path)
            return
        if time.monotonic() > deadline:
            raise say.Refused(f"containerd of {machine.name} does not answer; see: lab log {machine.name} -u {machine.agent}")
        select.select([], [], [], 0.01)


def stop(machine):
    """Ends the machine and forgets what it has written, but for its snapshots."""
    cgroup.end(cgroup.root() / machine.name)
    cgroup.end_v1(machine.name)
    shutil.rmtree(machine.folder, ignore_errors=True)
    for place in disk(machine).glob("[0-9]*"):
        cache.remove(place)


def kept_layers(machine, snapshot):
    """The layers of a snapshot, top first; each says upon which it was taken."""
    kept = []
    while snapshot:
        folder = disk(machine) / f"kept-{snapshot}"
        if not folder.is_dir():
            raise say.Refused(f"{machine.name} has no snapshot `{snapshot}`")
        kept.append(folder / "upper")
        snapshot = (folder / "upon").read_text()
    return kept


def snapshot(machine, name):
    """Powers the machine off, keeps what it has written under a name, and starts it again upon that."""
    pid = leader(machine)
    if not pid:
        raise say.Refused(f"{machine.name} is not up; run: lab up {machine.name}")
    kept = disk(machine) / f"kept-{name}"
    if kept.exists():
        raise say.Refused(f"{machine.name} already has a snapshot `{name}`")
    upper, upon = (machine.folder / "stands-on").read_text().split("\n")
    power_off(pid)
    cgroup.end(cgroup.root() / machine.name)
    kept.mkdir()
    Path(upper).rename(kept / "upper")
    (kept / "upon").write_text(upon)
    stop(machine)
    up([machine], name)


def power_off(pid):
    """Asks a container's systemd to power off and waits until it has."""
    ended = os.pidfd_open(pid)
    os.kill(pid, signal.SIGRTMIN + 4)
    poll = select.poll()
    poll.register(ended, select.POLLIN)
    poll.poll(BOOT_SECONDS * 1000)
    os.close(ended)


def nsenter(machine, *words):
    """The command line that runs `words` as root in the machine."""
    pid = leader(machine)
    if not pid:
        raise say.Refused(f"{machine.name} is not up; run: lab up {machine.name}")
    clean = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "HOME=/root", "LANG=C.UTF-8"]
    clean.append(f"TERM={os.environ.get('TERM', 'dumb')}")
    return ["nsenter", "-t", str(pid), "-m", "-u", "-i", "-n", "-p", "-r", "-w", "--", "env", "-i", *clean, *words]


def down():
    for machine in places.MACHINES.values():
        stop(machine)
        cache.remove(disk(machine))
