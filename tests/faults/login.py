"""A login that is not to be: wrong user, wrong key, and a host key that is not the one."""

import subprocess

from labtest import expect, lab, overlay, places
from labtest.case import case
from labtest.sshd import Log


def asked(t, name, code=3, **host):
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(**host)}))
    run = t.gpuctl.verify().ended(code)
    t.golden(f"faults/{name}.txt", run.said)


def known_hosts(t, text):
    (t.folder / "home/.ssh/known_hosts").write_text(text)


def key_line(t):
    return t.node.sh("cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub")


@case("a user that the node does not have")
def user(t):
    asked(t, "wrong-user", user="nobody-here")


@case("a key that the node does not take", state="as it is")
def key(t):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", t.folder / "other"], check=True)
    asked(t, "wrong-key", identity=str(t.folder / "other"))


@case("a key file that is not there", state="as it is")
def no_key(t):
    asked(t, "no-key-file", identity=str(t.folder / "nowhere"), code=3)


@case("a pinned host key that is not the node's", state="as it is")
def pinned(t):
    log = Log(t.node)
    asked(t, "host-key-not-as-pinned", code=4, host_key=lab.env()["NODE2_HOST_KEY"])
    expect.equal(log.logins, 0, "logins")


@case("a host key that has changed", state="as it is")
def changed(t):
    other = subprocess.run([places.LAB, "known-hosts"], capture_output=True, text=True, check=True).stdout
    node2 = next(row for row in other.splitlines() if row.startswith(lab.env()["NODE2"] + " "))
    known_hosts(t, node2.replace(lab.env()["NODE2"], lab.env()["K3S_GPU_WORKER"]) + "\n")
    log = Log(t.node)
    asked(t, "host-key-changed", code=4, host_key=None)
    expect.equal(log.logins, 0, "logins")


@case("a revoked host key", state="as it is")
def revoked(t):
    known_hosts(t, f"@revoked * {key_line(t)}\n")
    asked(t, "host-key-revoked", code=4, host_key=None)


@case("an unknown host key, and no terminal to ask at", state="as it is")
def unknown(t):
    asked(t, "host-key-unknown", code=4, host_key=None)
    expect.that(not (t.folder / "home/.ssh/known_hosts").exists(), "the unknown key was remembered")


@case("a known host key lets in", state="as it is")
def known(t):
    known_hosts(t, f"{lab.env()['K3S_GPU_WORKER']} {key_line(t)}\n")
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(host_key=None)}))
    t.gpuctl.provision().ended(0)
    t.gpuctl.verify().ended(0)


@case("a host or a user that begins with a dash is refused", state="as it is")
def dash(t):
    asked(t, "dash-user", code=1, user="-oProxyCommand=id")
