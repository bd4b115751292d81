"""Result 2 broken by hand: verify names it alone, provision repairs it."""

from labtest import lab, report
from labtest.case import case

KEYRING = "/usr/share/keyrings/nvidia-container-toolkit-keyring.gpg"
LIST = "/etc/apt/sources.list.d/nvidia-container-toolkit.list"
LEGACY = "/etc/apt/sources.list.d/nvidia-docker.list"


def found_and_repaired(t, *what):
    found = t.gpuctl.verify().ended(2).report
    report.only_failure(found, "apt_repository", *what)
    report.clean(t.gpuctl.provision().ended(0).report)
    t.gpuctl.verify().ended(0)
    t.node.sh("apt-get -o APT::Update::Error-Mode=any update")


@case("a replaced keyring is found and repaired", state="converged")
def keyring(t):
    t.node.sh('gpg --batch --quiet --homedir "$(mktemp -d)" --export >"$1"; echo other >"$1"', KEYRING)
    found_and_repaired(t, f"keyring {KEYRING}")


@case("a keyring that is gone is found and repaired", state="converged")
def no_keyring(t):
    t.node.sh('rm "$1"', KEYRING)
    found_and_repaired(t, f"keyring {KEYRING}")


@case("an edited list is found and repaired", state="converged")
def edited(t):
    t.node.sh('sed -i "s/stable/experimental/" "$1"', LIST)
    found_and_repaired(t, f"list {LIST}")


@case("a legacy list that is back is found and removed", state="converged")
def legacy(t):
    t.node.write(LEGACY, f"deb {lab.env()['REPOSITORY']}/stable/deb/$(ARCH) /\n")
    found_and_repaired(t, f"legacy list {LEGACY}")


@case("an index older than its list is found and refreshed", state="converged")
def index(t):
    t.node.sh('touch "$1"', LIST)
    found_and_repaired(t, "apt's index of the repository")
