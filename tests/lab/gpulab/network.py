"""The lab's networks: a bridge on this host for the near addresses, and beyond the distance a second bridge in a network
namespace of its own, so that this host cannot answer for it."""

import places
import say
from run import quiet, run

BRIDGE = f"gpulab{places.NUMBER}"
TAP = f"gpufar{places.NUMBER}"  # this host's end of the distance
FAR_NETNS = f"gpuctl{places.SUFFIX}-far"
FAR_TAP = "tap-far"
FAR_BRIDGE = "br-far"


def ip(*words, netns=None):
    run("ip", *(["-n", netns] if netns else []), *words)


def exists(link):
    return quiet("ip", "link", "show", link)


def up():
    """Makes both bridges and the two TAP devices between them; does nothing where they are."""
    if quiet("ip", "-n", FAR_NETNS, "link", "show", FAR_TAP, "up"):
        return
    down()
    taken = run("ip", "-4", "route", "show", "to", "root", f"{places.NEAR}.0/16", "table", "all")
    if taken.strip():
        raise say.Refused(
            f"this host already has a route for {places.NEAR}.0: {taken.splitlines()[0]}; "
            f"set GPUCTL_LAB={places.NUMBER + 1}, and the lab takes 10.{78 + places.NUMBER}.0"
        )
    # Of its own accord a bridge takes the least address of its ports, and another one when a machine comes or goes: then
    # what the others know of this host is wrong, and their answers are dropped for half a minute.
    ip("link", "add", BRIDGE, "address", address_of(0, 1), "type", "bridge")
    ip("address", "add", f"{places.NEAR}.1/24", "dev", BRIDGE)
    ip("address", "add", f"{places.REPOSITORY}/24", "dev", BRIDGE)
    quiet("ip", "address", "add", f"{places.NEAR6}::1/64", "dev", BRIDGE, "nodad")  # where the host has IPv6 at all
    ip("link", "set", BRIDGE, "up")
    ip("tuntap", "add", TAP, "mode", "tap")
    ip("address", "add", f"{places.FAR}.1/24", "dev", TAP)
    ip("link", "set", TAP, "up")
    ip("netns", "add", FAR_NETNS)
    ip("link", "add", FAR_BRIDGE, "type", "bridge", netns=FAR_NETNS)
    ip("link", "set", FAR_BRIDGE, "up", netns=FAR_NETNS)
    ip("tuntap", "add", FAR_TAP, "mode", "tap", netns=FAR_NETNS)
    ip("link", "set", FAR_TAP, "master", FAR_BRIDGE, netns=FAR_NETNS)
    ip("link", "set", FAR_TAP, "up", netns=FAR_NETNS)


def link(machine):
    return f"gl{places.NUMBER}-{machine.number}"


def address_of(network, number):
    """A hardware address that is always the same: who has talked to it before finds it at once."""
    return f"02:67:{places.NUMBER:02x}:00:{network:02x}:{number:02x}"


def attach(machine):
    """Gives the machine its network namespace: eth0 near, tailscale0 (site A's mesh) far, addresses set."""
    if quiet("ip", "-n", machine.netns, "link", "show", "tailscale0", "up"):
        return
    detach(machine)
    ip("netns", "add", machine.netns)
    ip("link", "set", "lo", "up", netns=machine.netns)
    near, far = link(machine), f"far{machine.number}"
    ip("link", "add", near, "type", "veth", "peer", "name", "eth0", "netns", machine.netns, "address", address_of(0, machine.number))
    ip("link", "set", near, "master", BRIDGE, "up")
    ip("link", "add", far, "type", "veth", "peer", "name", "tailscale0", "netns", machine.netns, "address", address_of(1, machine.number), netns=FAR_NETNS)
    ip("link", "set", far, "master", FAR_BRIDGE, "up", netns=FAR_NETNS)
    ip("address", "add", f"{machine.near}/24", "dev", "eth0", netns=machine.netns)
    ip("address", "add", f"{machine.far}/24", "dev", "tailscale0", netns=machine.netns)
    quiet("ip", "-n", machine.netns, "address", "add", f"{machine.near6}/64", "dev", "eth0", "nodad")
    ip("link", "set", "eth0", "up", netns=machine.netns)
    ip("link", "set", "tailscale0", "up", netns=machine.netns)
    settings = "echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore; echo 1 >/proc/sys/net/ipv4/ip_forward"  # for pods
    run("ip", "netns", "exec", machine.netns, "sh", "-c", settings)


def detach(machine):
    quiet("ip", "netns", "del", machine.netns)
    quiet("ip", "link", "del", link(machine))


def know_far(machine, known):
    """Whether this host knows the machine's far address by heart: in a black hole nobody answers who has it, and the kernel
    would tell at once what no router tells."""
    if not known:
        quiet("ip", "neigh", "del", machine.far, "dev", TAP)
    elif quiet("ip", "-n", machine.netns, "link", "show", "tailscale0"):
        words = run("ip", "-n", machine.netns, "-o", "link", "show", "tailscale0").split()
        ip("neigh", "replace", machine.far, "lladdr", words[words.index("link/ether") + 1], "dev", TAP, "nud", "permanent")


def down():
    """Removes everything of the above, whatever is left of it."""
    for machine in places.MACHINES.values():
        detach(machine)
    quiet("ip", "netns", "del", FAR_NETNS)
    for link in (TAP, BRIDGE):
        quiet("ip", "link", "del", link)
