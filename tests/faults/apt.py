"""apt's troubles: locks, an interrupted dpkg, a version that is not there."""

import select

from labtest import expect, overlay, report
from labtest.case import case

LOCK = "/var/lib/dpkg/lock-frontend"


def hold(t, lock):
    """Another program with apt's lock, until `end` of it."""
    holder = t.node.start("/usr/lib/gpuctl-lab/hold-lock", lock)
    expect.equal(holder.stdout.readline(), "held\n", "hold-lock")
    return holder


def end(holder):
    holder.stdin.close()
    holder.wait()


def converges(t):
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.verify().ended(0)


def waits_out(t, lock, seconds):
    holder = hold(t, lock)
    run = t.gpuctl.start("provision", "--yes")
    ended = select.select([run.pidfd], [], [], seconds)[0]
    end(holder)
    run.wait()
    expect.that(not ended, f"gpuctl did not wait for {lock}:\n{run.said}")
    report.clean(run.ended(0).report)


@case("dpkg's lock is held for 20 s, and waited for")
def dpkg_lock(t):
    waits_out(t, LOCK, 20)


@case("the lock of apt's lists is held, and waited for")
def lists_lock(t):
    waits_out(t, "/var/lib/apt/lists/lock", 6)


@case("the lock of apt's archives is held, and waited for")
def archives_lock(t):
    waits_out(t, "/var/cache/apt/archives/lock", 6)


@case("a lock that is held for ever names its holder")
def for_ever(t):
    t.gpuctl.use(overlay.site(steps=[{"apt_packages": {"lock_timeout": "3s"}}]))
    holder = hold(t, LOCK)
    run = t.gpuctl.provision().ended(1)
    end(holder)
    t.golden_failure("faults/apt-lock-held.txt", run)
    converges(t)


@case("an interrupted dpkg is finished first")
def interrupted(t):
    t.node.sh(INTERRUPT)
    expect.holds_text(t.node.run("dpkg", "--audit").stdout, "interrupted", "dpkg --audit")
    converges(t)
    expect.equal(t.node.sh("dpkg --audit"), "", "dpkg --audit")


# A package whose script kills the dpkg that installs it, once: what a power cut leaves.
INTERRUPT = """
cd "$(mktemp -d)"; mkdir -p tree/DEBIAN
printf 'Package: interrupted\\nVersion: 1\\nArchitecture: all\\nMaintainer: lab <lab@example.invalid>\\nDescription: x\\n' >tree/DEBIAN/control
printf '#!/bin/sh\\n[ -e /root/once ] || { touch /root/once; kill -9 $PPID; }\\n' >tree/DEBIAN/postinst
chmod 755 tree/DEBIAN/postinst
dpkg-deb -b tree x.deb >/dev/null
dpkg -i x.deb >/dev/null 2>&1 || true
"""


@case("a version that the repository does not have")
def version(t):
    t.gpuctl.use(overlay.site(toolkit_version="9.99.9-1"))
    t.golden_failure("faults/version-absent.txt", t.gpuctl.provision().ended(1))
    t.gpuctl.use(overlay.site())
    converges(t)


@case("a package whose script fails")
def script_fails(t):
    t.node.sh("mkdir /etc/nvidia-container-runtime; chattr +i /etc/nvidia-container-runtime")
    run = t.gpuctl.provision().ended(1)
    t.golden_failure("faults/package-script-fails.txt", run)
    t.node.sh("chattr -i /etc/nvidia-container-runtime")
    converges(t)
