"""A converged node costs one connection and one exec, whoever logs in."""

from labtest import expect, lab, overlay
from labtest.case import case
from labtest.sshd import Log


def costs_one(t, verb, **env):
    log = Log(t.node)
    t.gpuctl.run(verb, **env).ended(0)
    seen = (log.connections, log.logins, log.sessions)
    expect.equal(seen, (1, 1, 1), f"connections, logins and sessions of {verb}; sshd said\n" + "\n".join(log.rows()))


@case("verify of a converged node is one connection and one exec", state="converged")
def verify(t):
    costs_one(t, "verify")


@case("so is plan", state="as it is")
def plan(t):
    costs_one(t, "plan")


@case("so it is with a sudo that asks", state="as it is")
def admin(t):
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(user="admin")}))
    costs_one(t, "verify", GPUCTL_SUDO_PASSWORD=lab.env()["ADMIN_PASSWORD"])


@case("so it is as root", state="as it is")
def root(t):
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(user="root")}))
    costs_one(t, "verify")
