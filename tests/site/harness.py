"""The tools that these tests lean on see what they should: gates stop real programs, sessions are counted."""

import subprocess

from labtest import expect, places
from labtest.case import case
from labtest.gate import Gate
from labtest.sshd import Log
from labtest.watch import Watch


@case("a gate stops apt and lets it go on")
def apt(t):
    gate = Gate(t.node, "update").before_update()
    update = t.node.start("apt-get", "update")
    gate.reached()
    expect.equal(update.poll(), None, "apt-get while it stands at the gate")
    gate.open()
    said = update.communicate()[0]
    expect.equal(update.returncode, 0, said)


@case("a gate stops a unit's start")
def unit(t):
    gate = Gate(t.node, "agent").before_start_of("k3s-agent.service")
    restart = t.node.start("systemctl", "restart", "k3s-agent")
    gate.reached()
    gate.remove()
    gate.open()
    restart.communicate()
    expect.equal(restart.returncode, 0, "systemctl restart")


@case("one ssh command is one login and one session")
def sessions(t):
    log = Log(t.node)
    subprocess.run([places.LAB, "ssh", "deploy@k3s-gpu-worker", "true"], check=True, stdin=subprocess.DEVNULL)
    expect.equal((log.connections, log.logins, log.sessions), (1, 1, 1), "connections, logins, sessions")


@case("a file that appears on a node is seen from here, and in what the node has written")
def appears(t):
    before, root = t.node.written(), Watch(t.node.path("/root"))
    t.node.sh("echo x >/root/new")
    root.until("new", 2)
    expect.equal(set(t.node.written()) - set(before), {"root/new"}, "files written")
