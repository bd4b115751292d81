"""The lab's commands."""

import argparse
import contextlib
import fcntl
import os
import shlex
import shutil
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import cgroup
import keys
import layers
import machine
import network
import places
import say


def needs():
    """Refuses with one sentence where the lab cannot run."""
    if os.geteuid() != 0:
        raise say.Refused("the lab boots systemd machines, which needs root; run it as root or with sudo")
    for tool in ("debootstrap", "systemd-nspawn", "ip", "unshare", "nsenter", "ssh-keygen", "gpg", "dpkg-deb", "cc"):
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
def alone():
    """One command at a time changes the lab."""
    places.STATE.mkdir(parents=True, exist_ok=True)
    with open("/run/gpuctl-lab.lock", "w", encoding="ascii") as lock:
        os.set_inheritable(lock.fileno(), False)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def chosen(names):
    return [machine.find(name) for name in names or places.DEFAULT]


def build(_):
    with alone():
        for one in places.MACHINES.values():
            layers.of(one)


def up(args):
    machines = chosen(args.machines)
    with alone():
        for one in machines:
            layers.of(one)
        network.up()
        machine.up(machines)


def down(_):
    with alone():
        machine.down()
        cgroup.down()
        network.down()
        shutil.rmtree(places.STATE, ignore_errors=True)


def reset(args):
    machines = chosen(args.machines)
    with alone():
        network.up()
        for one in machines:
            machine.stop(one)
        machine.up(machines)


def status(_):
    for one in places.MACHINES.values():
        state = "up" if machine.leader(one) else "down"
        print(f"{one.name:<16} {state:<6} {one.near:<12} far {one.far}")


def variable(name):
    return name.upper().replace("-", "_")


def env(_):
    """Shell-readable facts about the lab, for tests."""
    facts = {
        "LAB_KEY": keys.keys() / "client",
        "LAB_ADMIN_PASSWORD": places.PASSWORDS["admin"],
        "LAB_REPOSITORY": f"http://{places.REPOSITORY}/libnvidia-container",
    }
    for one in places.MACHINES.values():
        facts[f"LAB_{variable(one.name)}"] = one.near
        facts[f"LAB_{variable(one.name)}_FAR"] = one.far
        facts[f"LAB_{variable(one.name)}_HOST_KEY"] = keys.fingerprint(one.name)
    for name, value in facts.items():
        print(f"{name}={shlex.quote(str(value))}")


def run_inside(args):
    words = args.command[1:] if args.command[:1] == ["--"] else args.command
    line = machine.nsenter(machine.find(args.machine), *words)
    os.execvp(line[0], line)


def shell(args):
    line = machine.nsenter(machine.find(args.machine), "/bin/bash", "-l")
    os.execvp(line[0], line)


def log(args):
    line = machine.nsenter(machine.find(args.machine), "journalctl", "--no-pager", *args.rest)
    os.execvp(line[0], line)


def ssh(args):
    user, _, name = args.target.rpartition("@")
    one = machine.find(name)
    known = places.STATE / "known_hosts"
    known.write_text(
        "".join(f"{m.near},{m.far} {(keys.keys() / f'{m.name}.pub').read_text()}" for m in places.MACHINES.values())
    )
    line = ["ssh", "-F", "none", "-i", str(keys.keys() / "client"), "-o", f"UserKnownHostsFile={known}"]
    line += ["-o", "IdentitiesOnly=yes", "-l", user or "deploy", one.near, *args.rest]
    os.execvp(line[0], line)


def parser():
    root = argparse.ArgumentParser(prog="lab", description="machines made of real parts for gpuctl's tests")
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    def add(name, action, text, *arguments):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(action=action)
        for word, options in arguments:
            command.add_argument(word, **options)

    machines = ("machines", {"nargs": "*", "metavar": "MACHINE"})
    one = ("machine", {"metavar": "MACHINE"})
    rest = ("rest", {"nargs": argparse.REMAINDER})
    add("build", build, "make everything that is cached: system, layers, programs, repository")
    add("up", up, "start machines (default: k3s-gpu-worker)", machines)
    add("down", down, "end every process, mount, link and namespace of the lab")
    add("reset", reset, "start machines anew from their bare state", machines)
    add("status", status, "what runs")
    add("env", env, "addresses, keys and fingerprints as shell variables")
    add("exec", run_inside, "run a command as root in a machine", one, ("command", {"nargs": argparse.REMAINDER}))
    add("shell", shell, "a root shell in a machine", one)
    add("ssh", ssh, "ssh into a machine with the lab's key", ("target", {"metavar": "[USER@]MACHINE"}), rest)
    add("log", log, "a machine's journal", one, rest)
    add("deps", None, "install the Debian packages that the lab needs")
    return root


def main():
    args = parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        needs()
        args.action(args)
    except say.Refused as refused:
        say.line(str(refused))
        return 1
    except KeyboardInterrupt:
        say.line("interrupted; `lab down` removes what is half made")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
