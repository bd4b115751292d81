"""Result 3 broken by hand: verify names it alone, provision repairs it."""

from labtest import lab, report
from labtest.case import case

FOUR = "nvidia-container-toolkit nvidia-container-toolkit-base libnvidia-container-tools libnvidia-container1"


def found_and_repaired(t, *what):
    found = t.gpuctl.verify().ended(2).report
    report.only_failure(found, "apt_packages", *what)
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.verify().ended(0)


@case("a package that is not held is found and held", state="converged")
def unheld(t):
    t.node.sh("apt-mark unhold libnvidia-container1")
    found_and_repaired(t, "hold")


@case("another version is found and replaced", state="converged")
def version(t):
    old = lab.env()["TOOLKIT_OLD_VERSION"]
    t.node.sh(f"apt-mark unhold {FOUR}; apt-get install -qy --allow-downgrades $(printf '%s={old} ' {FOUR}); apt-mark hold {FOUR}")
    found_and_repaired(t, "versions")


@case("a half-configured package is found and configured", state="converged")
def half(t):
    deb = f"{lab.env()['REPOSITORY']}/stable/deb/$(dpkg --print-architecture)/nvidia-container-toolkit-base_{lab.env()['TOOLKIT_VERSION']}"
    t.node.sh(f"curl -fsS {deb}_$(dpkg --print-architecture).deb >/root/base.deb; dpkg --unpack /root/base.deb; apt-mark hold nvidia-container-toolkit-base")
    found_and_repaired(t, "dpkg")


@case("a package that was removed is found and installed", state="converged")
def removed(t):
    t.node.sh("dpkg --force-depends --force-remove-reinstreq --remove nvidia-container-toolkit")
    found_and_repaired(t, "versions")
