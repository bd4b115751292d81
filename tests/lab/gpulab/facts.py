"""What tests and playbooks need to know about the lab, printed."""

import shlex
import sys

import charts
import cluster
import keys
import machine
import places
import repository

PLAYBOOK_NODE = "k3s-gpu-worker"


def variable(name):
    return name.upper().replace("-", "_")


def env(_):
    """Shell-readable, one variable a line."""
    facts = {
        "LAB_KEY": keys.client(),
        "LAB_ADMIN_PASSWORD": places.PASSWORDS["admin"],
        "LAB_REPOSITORY": repository.address(),
        "LAB_REPOSITORY_FINGERPRINT": repository.fingerprint(),
        "LAB_CHARTS": charts.address(),
        "LAB_CHARTS_CA": authority(),
        "LAB_CHART_OLD_VERSION": charts.VERSIONS[0],
        "LAB_CHART_VERSION": charts.VERSIONS[-1],
        "LAB_TOOLKIT_VERSION": f"{repository.VERSIONS[-1]}-1",
        "LAB_TOOLKIT_OLD_VERSION": f"{repository.VERSIONS[0]}-1",
    }
    for one in places.MACHINES.values():
        facts[f"LAB_{variable(one.name)}"] = one.near
        facts[f"LAB_{variable(one.name)}_6"] = one.near6
        facts[f"LAB_{variable(one.name)}_FAR"] = one.far
        facts[f"LAB_{variable(one.name)}_HOST_KEY"] = keys.fingerprint(one.name)
    for name, value in facts.items():
        print(f"{name}={shlex.quote(str(value))}")


def authority():
    """The certificate by which the chart repository is known, where everybody can read it."""
    path = places.STATE / "charts-ca.crt"
    beside = path.with_suffix(".new")
    beside.write_bytes((charts.identity() / "ca.crt").read_bytes())
    beside.rename(path)
    return path


HOST = """\
  {name}:
    address: {address}
    user: {user}
    identity: {identity}
    host_key: {host_key}
    jump: [{jump}]
"""
STEPS = """\
vars:
  toolkit_version: {version}
  node_ip: {node_ip}
  k3s_server: {server}
{more}steps:
  - apt_repository:
      key: {{url: "{repository}/gpgkey", fingerprint: {fingerprint}}}
      uri: "{repository}/stable/deb/$$(ARCH)"
"""


def overlay(args):
    """For a playbook of the shape of playbooks/k3s-gpu-worker.yaml; each named machine gets an entry below `hosts`."""
    print("# Made by `lab overlay`: the lab's addresses, keys and versions.\nhosts:")
    hops = [machine.find(name) for name in args.jump]
    for one in hops:
        print_host(one, args.user, args.far and one is hops[0])
    for one in [machine.find(name) for name in args.machines or [PLAYBOOK_NODE]]:
        print_host(one, args.user, args.far and not hops, ", ".join(args.jump))
    key = {
        "version": f"{repository.VERSIONS[-1]}-1",
        "repository": repository.address(),
        "fingerprint": repository.fingerprint(),
        "node_ip": places.MACHINES[PLAYBOOK_NODE].far,
        "server": places.K3S_SERVER,
    }
    more = f"  operator_repository: ''\n  operator_chart: {places.HERE}/operator\n  operator_version: ''\n"
    key["more"] = more if args.cluster else ""
    if args.cluster:
        print(f"cluster:\n  kubeconfig: {cluster.written()}")
    sys.stdout.write(STEPS.format(**key))


def print_host(one, user, far, jump=""):
    facts = {"name": one.name, "address": one.far if far else one.near, "user": user, "jump": jump}
    sys.stdout.write(HOST.format(**facts, identity=keys.client(), host_key=keys.fingerprint(one.name)))


def ssh_config(_):
    for one in places.MACHINES.values():
        for name, address in ((one.name, one.near), (f"{one.name}-far", one.far)):
            print(f"Host {name}\n  HostName {address}")
    print(f"Host *\n  IdentityFile {keys.client()}\n  IdentitiesOnly yes\n  User deploy")


def known_hosts_text():
    rows = []
    for one in places.MACHINES.values():
        kind, key = (keys.keys() / f"{one.name}.pub").read_text().split()[:2]
        rows += [f"{address} {kind} {key}\n" for address in (one.near, one.near6, one.far)]
    return "".join(rows)


def known_hosts(_):
    sys.stdout.write(known_hosts_text())


def ssh_command(target, rest):
    """The ssh command line into [USER@]MACHINE."""
    user, _, name = target.rpartition("@")
    known = places.STATE / "known_hosts"
    known.write_text(known_hosts_text())
    options = [
        "-F",
        "none",
        "-i",
        str(keys.keys() / "client"),
        "-o",
        f"UserKnownHostsFile={known}",
        "-o",
        "IdentitiesOnly=yes",
    ]
    return ["ssh", *options, "-l", user or "deploy", machine.find(name).near, *rest]
