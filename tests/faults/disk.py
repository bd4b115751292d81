"""A node that cannot be written to: one clear error, nothing half written, and the next run converges."""

from labtest import expect, report
from labtest.case import case

KEYRINGS = "/usr/share/keyrings"


def fails(t, name, code=1):
    run = t.gpuctl.provision().ended(code)
    t.golden_failure(f"faults/{name}.txt", run)


def converges(t):
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.verify().ended(0)


@case("/etc is read-only")
def read_only(t):
    t.node.sh("mount --bind /etc /etc; mount -o remount,bind,ro /etc")
    fails(t, "etc-read-only")
    t.node.sh("umount /etc")
    converges(t)


@case("the disk of the keyring is full")
def full_keyrings(t):
    t.node.sh(f"mount -t tmpfs -o size=64k tmpfs {KEYRINGS}; cat /dev/zero >{KEYRINGS}/fill 2>/dev/null || true")
    fails(t, "disk-full")
    expect.equal(t.node.sh(f"ls -A {KEYRINGS}"), "fill", f"files in {KEYRINGS}")
    t.node.sh(f"umount {KEYRINGS}")
    converges(t)


@case("the disk of apt's archives is full")
def full_archives(t):
    t.node.sh("mount -t tmpfs -o size=1m tmpfs /var/cache/apt/archives; mkdir /var/cache/apt/archives/partial")
    fails(t, "disk-full-apt")
    t.node.sh("umount /var/cache/apt/archives")
    converges(t)


@case("/run is full: not even the job can be laid down")
def full_run(t):
    t.node.sh("mkdir -p /run/gpuctl; mount -t tmpfs -o size=4k tmpfs /run/gpuctl; cat /dev/zero >/run/gpuctl/fill 2>/dev/null || true")
    fails(t, "run-full")
    t.node.sh("umount /run/gpuctl")
    converges(t)
