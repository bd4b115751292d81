"""The lab's commands."""

import concurrent.futures
import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import arguments
import cache
import cgroup
import charts
import cluster
import facts
import fault
import golang
import images
import keys
import machine
import network
import places
import proxy
import repository
import run
import say
import service
import system

import layers


def needs():
    """Refuses with one sentence where the lab cannot run."""
    if os.geteuid() != 0:
        raise say.Refused("the lab boots systemd machines, which needs root; run it as root or with sudo")
    tools = ("debootstrap", "systemd-nspawn", "ip", "unshare", "nsenter", "ssh-keygen", "gpg", "dpkg-deb", "cc", "busybox")
    for tool in (*tools, "/usr/lib/cni/ptp"):
        if not shutil.which(tool):
            raise say.Refused(f"`{tool}` is not installed; run: {places.HERE}/lab deps")
    raise_inotify()


def raise_inotify():
    """Each systemd takes a handful of inotify instances, of which root has 128 unless told otherwise."""
    limit = Path("/proc/sys/fs/inotify/max_user_instances")
    if int(limit.read_text()) < 512:
        with contextlib.suppress(OSError):
            limit.write_text("512")


@contextlib.contextmanager
def locked(folder):
    """One command at a time changes what is in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="ascii") as lock:
        os.set_inheritable(lock.fileno(), False)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def alone():
    """One command at a time changes a lab or the cache that all labs share."""
    with locked(places.CACHE), open("/run/gpuctl-lab.lock", "w", encoding="ascii") as lock:
        os.set_inheritable(lock.fileno(), False)
        fcntl.flock(lock, fcntl.LOCK_EX)
        places.STATE.mkdir(parents=True, exist_ok=True)
        yield


def chosen(names):
    return [machine.find(name) for name in names or places.DEFAULT]


def programs():
    golang.containerd()
    repository.tree()
    charts.tree()
    images.archive()


def make(machines, *more):
    """What these machines boot from, and more beside it."""
    together(system.system, programs, golang.kube, *more)
    for one in machines:
        layers.of(one)


def build(args):
    """Without names also what only the tests want."""
    with alone():
        if args.machines:
            make(chosen(args.machines))
        else:
            make(places.MACHINES.values(), golang.kwok, golang.api_proxy, golang.oracle)
            cache.prune()


def together(*makers):
    """Runs them beside each other; the first that fails ends all."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        try:
            for made in concurrent.futures.as_completed([pool.submit(maker) for maker in makers]):
                made.result()
        except BaseException:
            run.end_all()
            raise


def up(args):
    machines = chosen(args.machines)
    with alone():
        make(machines)
        host_up()
        machine.up(machines)
        wait_ready(machines)


def wait_ready(machines):
    """Where there is a cluster, a machine with an agent is up when its node is ready; a new cluster has all of them to wait for."""
    if not cluster.up():
        return
    if places.CONTROL_PLANE in machines:
        machines = [one for one in places.MACHINES.values() if machine.leader(one)]
    cluster.wait_ready([one for one in machines if one.agent])


def host_up():
    """What the machines need on this host."""
    network.up()
    keys.client()
    service.repository_up()
    service.distance_up()


def down(_):
    with alone():
        machine.down()
        cgroup.down()
        network.down()
        shutil.rmtree(places.STATE, ignore_errors=True)


def reset(args):
    machines = chosen(args.machines)
    with alone():
        host_up()
        for one in machines:
            machine.stop(one)
            if one is not places.CONTROL_PLANE:
                cluster.forget(one)
        machine.up(machines, args.to)
        wait_ready(machines)


def status(_):
    for one in places.MACHINES.values():
        state = "up" if machine.leader(one) else "down"
        print(f"{one.name:<16} {state:<6} {one.near:<12} far {one.far}")


def printed(facts_of):
    """A command that prints; it makes the keys where there are none yet."""

    def action(args):
        with alone():
            facts_of(args)

    return action


def run_inside(args):
    words = args.command[1:] if args.command[:1] == ["--"] else args.command
    line = machine.nsenter(machine.find(args.machine), *words)
    os.execvp(line[0], line)


def wait(args):
    one = machine.find(args.machine)
    machine.wait_for_agent(one)
    wait_ready([one])


def program(args):
    """Needs no root, so that tests which boot nothing can use the programs."""
    with locked(places.CACHE):
        print(golang.NAMED[args.name]() / args.name)


def kubectl(args):
    line = cluster.kubectl(args.rest)
    os.execv(line[0], line)


def shell(args):
    line = machine.nsenter(machine.find(args.machine), "/bin/bash", "-l")
    os.execvp(line[0], line)


def log(args):
    line = machine.nsenter(machine.find(args.machine), "journalctl", "--no-pager", *args.rest)
    os.execvp(line[0], line)


def ssh(args):
    line = facts.ssh_command(args.target, args.rest)
    os.execvp(line[0], line)


def distance(args):
    with alone():
        service.distance(args.state)


def black_hole(args):
    service.black_hole(args.state == "on")


def repo(args):
    with alone():
        service.repository_mode(args.mode)


def inject(args):
    one = machine.find(args.machine)
    for path, text in fault.files(args.fault, args.value).items():
        subprocess.run(machine.nsenter(one, "sh", "-euc", fault.WRITE, "sh", path, text), check=True)


def snapshot(args):
    with alone():
        machine.snapshot(machine.find(args.machine), args.name)


ACTIONS = {
    "build": build,
    "up": up,
    "down": down,
    "reset": reset,
    "snapshot": snapshot,
    "wait": wait,
    "status": status,
    "env": printed(facts.env),
    "overlay": printed(facts.overlay),
    "ssh-config": printed(facts.ssh_config),
    "known-hosts": printed(facts.known_hosts),
    "program": program,
    "kubeconfig": lambda args: print(cluster.kubeconfig(args.far, args.proxied), end=""),
    "kubectl": kubectl,
    "api-proxy": proxy.act,
    "distance": distance,
    "blackhole": black_hole,
    "repo": repo,
    "fault": inject,
    "exec": run_inside,
    "shell": shell,
    "ssh": ssh,
    "log": log,
}


def main():
    args = arguments.parser().parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if args.command_name != "program":
            needs()
        ACTIONS[args.command_name](args)
    except say.Refused as refused:
        say.line(str(refused))
        return 1
    except KeyboardInterrupt:
        say.line("interrupted; `lab down` removes what is half made")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
