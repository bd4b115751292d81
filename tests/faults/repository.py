"""The repository's troubles: down, gone, signed by a stranger, not the pinned key, slow."""

from labtest import expect, lab, overlay, report
from labtest.case import case

PREFERRED = "/etc/apt/sources.list.d/nvidia-container-toolkit.list"


def converges(t):
    lab.repo("up")
    t.gpuctl.use(overlay.site())
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.verify().ended(0)


def fails(t, name, mode):
    lab.repo(mode)
    run = t.gpuctl.provision().ended(1)
    t.golden_failure(f"faults/{name}.txt", run)
    converges(t)


@case("the repository is down")
def down(t):
    fails(t, "repository-down", "down")


@case("the repository is gone")
def gone(t):
    fails(t, "repository-gone", "gone")


@case("the repository is signed by a stranger")
def stranger(t):
    fails(t, "repository-wrong-key", "wrong-key")


@case("the key is not the pinned one")
def fingerprint(t):
    key = {**overlay.repository()["key"], "fingerprint": "C95B321B61E88C1809C4F759DDCAE044F796ECB0"}
    t.gpuctl.use(overlay.site(steps=[{"apt_repository": overlay.repository(key=key)}]))
    before = t.node.written()
    run = t.gpuctl.provision().ended(1)
    t.golden_failure("faults/wrong-fingerprint.txt", run)
    expect.equal(t.node.written(), before, "files on the node's disk")
    converges(t)


@case("the repository is slow")
def slow(t):
    lab.repo("slow")
    report.clean(t.gpuctl.provision().ended(0).report)
