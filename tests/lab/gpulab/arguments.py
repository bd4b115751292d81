"""The command line: each command with its arguments and one line of help."""

import argparse

import fault
import golang
import proxy
import service

MACHINES = ("machines", {"nargs": "*", "metavar": "MACHINE"})
MACHINE = ("machine", {"metavar": "MACHINE"})
REST = ("rest", {"nargs": argparse.REMAINDER})
TO = ("--to", {"metavar": "SNAPSHOT", "default": "", "help": "not bare, but as the snapshot was"})
FAR = ("--far", {"action": "store_true", "help": "by the addresses behind the distance"})
USER = ("--user", {"default": "deploy", "help": "admin (sudo asks), deploy (sudo does not ask) or root"})
CLUSTER = ("--cluster", {"action": "store_true", "help": "also where the cluster's kubeconfig is"})
PROXIED = ("--proxied", {"action": "store_true", "help": "through the proxy of `lab api-proxy`"})
JUMP = ("--jump", {"action": "append", "default": [], "metavar": "MACHINE", "help": "through this machine; repeatable"})

COMMANDS = {
    "deps": ("install the Debian packages that the lab needs (--list only names them)",),
    "build": ("make all that is cached: system, layers, programs, repository; with names what these machines boot from", MACHINES),
    "up": ("start machines (default: k3s-gpu-worker)", MACHINES),
    "down": ("end every process, mount, link and namespace of the lab",),
    "reset": ("start machines anew from their bare state", MACHINES, TO),
    "snapshot": ("restart a machine, keeping what it is now for `reset --to`", MACHINE, ("name", {})),
    "wait": ("until the containerd of a machine with an agent answers and, where there is a cluster, its node is ready", MACHINE),
    "status": ("what runs",),
    "env": ("addresses, keys and fingerprints as shell variables",),
    "overlay": ("the playbook overlay for the lab's machines, key and repository", MACHINES, FAR, USER, JUMP, CLUSTER),
    "ssh-config": ("an ssh_config that names the machines (NAME and NAME-far)",),
    "known-hosts": ("a known_hosts with every machine's key",),
    "distance": ("the round trip to the far addresses", ("state", {"help": "on (42 ms), off, or milliseconds"})),
    "blackhole": ("whether the distance swallows everything", ("state", {"choices": ["on", "off"]})),
    "repo": ("how the repository behaves", ("mode", {"choices": service.MODES})),
    "fault": (
        "make a part of a machine misbehave",
        MACHINE,
        ("fault", {"choices": fault.FAULTS}),
        ("value", {"help": fault.HELP}),
    ),
    "program": ("the path of a built program", ("name", {"choices": golang.NAMED})),
    "kubeconfig": ("the administrator's kubeconfig of the cluster", FAR, PROXIED),
    "kubectl": ("kubectl as the cluster's administrator", REST),
    "api-proxy": (
        "a proxy in front of the API that counts requests and spoils them",
        ("action", {"choices": ["up", "down", "fault", "counts", "reset"]}),
        ("kind", {"nargs": "?", "help": "; ".join(proxy.KINDS)}),
        ("--verb", {"default": "", "help": "only requests of this verb: get, list, watch, create, patch, delete ..."}),
        ("--path", {"default": "", "help": "only requests whose path matches this regular expression"}),
        ("--times", {"type": int, "default": 0, "help": "only the next so many; 0: until told otherwise"}),
        ("--bytes", {"type": int, "default": 0, "help": "cut or truncate: after so many bytes of the answer's body"}),
        ("--ms", {"type": int, "default": 0, "help": "delay: by so many milliseconds"}),
        ("--retry-after", {"type": int, "default": 1, "help": "429: what to wait, in seconds"}),
    ),
    "exec": ("run a command as root in a machine", MACHINE, ("command", {"nargs": argparse.REMAINDER})),
    "shell": ("a root shell in a machine", MACHINE),
    "ssh": ("ssh into a machine with the lab's key", ("target", {"metavar": "[USER@]MACHINE"}), REST),
    "log": ("a machine's journal", MACHINE, REST),
}


def parser():
    root = argparse.ArgumentParser(prog="lab", description="machines made of real parts for gpuctl's tests")
    commands = root.add_subparsers(required=True, metavar="COMMAND", dest="command_name")
    for name, (text, *words) in COMMANDS.items():
        passed_on = {"prefix_chars": "\0", "add_help": False} if words[:1] == [REST] else {}
        command = commands.add_parser(name, help=text, description=text, **passed_on)
        for word, options in words:
            command.add_argument(word, **options)
    return root
