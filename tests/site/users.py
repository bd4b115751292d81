"""Each way in: root, a sudo that does not ask, a sudo that asks. A password is nowhere to be seen afterwards."""

from labtest import expect, lab, overlay, report
from labtest.case import case
from labtest.gate import Gate


def as_user(t, user):
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(user=user)}))


@case("root needs no sudo")
def root(t):
    t.node.sh("mv /usr/bin/sudo /usr/bin/sudo.away")
    as_user(t, "root")
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.verify().ended(0)


@case("a sudo that asks is given the password, which nobody sees")
def admin(t):
    as_user(t, "admin")
    password = lab.env()["ADMIN_PASSWORD"]
    gate = Gate(t.node, "dpkg").before_dpkg()
    run = t.gpuctl.start("provision", "--yes", GPUCTL_SUDO_PASSWORD=password)
    gate.reached()
    running = t.node.sh("cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n'")
    gate.open()
    run.wait().ended(0)
    expect.lacks_text(running, password, "command lines and environments on the node")
    written = t.node.run("grep", "-rlF", password, "/run", "/tmp", "/var/log", "/var/tmp", "/etc", "/home", "/root").stdout
    expect.equal(written, "", "files on the node with the password")
    expect.lacks_text(t.node.run("journalctl", "--no-pager").stdout, password, "the node's journal")
    here = "".join(path.read_text(errors="replace") for path in t.folder.rglob("*") if path.is_file())
    expect.lacks_text(here, password, "output and records on this side")


@case("a sudo that does not ask does not pass the password on to the shell behind it")
def unasked(t):
    t.gpuctl.verify(GPUCTL_SUDO_PASSWORD="touch /root/run-by-the-shell").ended(2)
    t.node.sh("test ! -e /root/run-by-the-shell")


@case("a wrong sudo password is one clear error")
def wrong(t):
    as_user(t, "admin")
    run = t.gpuctl.plan(GPUCTL_SUDO_PASSWORD="wrong").ended(3)
    t.golden("faults/sudo-password-wrong.txt", run.said)
    t.gpuctl.plan(GPUCTL_SUDO_PASSWORD=lab.env()["ADMIN_PASSWORD"]).ended(2)


@case("a sudo that asks, and nobody to answer")
def unanswered(t):
    as_user(t, "admin")
    t.golden("faults/sudo-asks.txt", t.gpuctl.plan().ended(3).said)


@case("a sudo that refuses is one clear error")
def refused(t):
    t.node.sh("mv /etc/sudoers.d/deploy /root/; echo deploy:pass | chpasswd")
    t.golden("faults/sudo-refused.txt", t.gpuctl.plan(GPUCTL_SUDO_PASSWORD="pass").ended(3).said)
    t.node.sh("mv /root/deploy /etc/sudoers.d/")
    t.gpuctl.plan().ended(2)


@case("no sudo at all is one clear error")
def absent(t):
    t.node.sh("mv /usr/bin/sudo /root/")
    t.golden("faults/sudo-absent.txt", t.gpuctl.plan().ended(3).said)
    t.node.sh("mv /root/sudo /usr/bin/")
    t.gpuctl.plan().ended(2)
