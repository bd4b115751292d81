"""CRI-O's configuration on a node, written by the real nvidia-ctk. There is no CRI-O in the lab: what stands for its unit reads its
configuration when it starts, as far as anybody can see from outside."""

import json

from labtest import expect, overlay, report
from labtest.case import case

MACHINES = ("plain-gpu",)
FOLDER = "/etc/crio/crio.conf.d"
# As CRI-O's packages lay it.
PACKAGED = """\
[crio.runtime]
default_runtime = "crun"

[crio.runtime.runtimes.crun]
runtime_path = "/usr/libexec/crio/crun"
monitor_path = "/usr/libexec/crio/conmon"
"""
UNIT = """\
[Unit]
Description=Container Runtime Interface for OCI (stand-in)
[Service]
ExecStart=/bin/sleep infinity
KillMode=process
[Install]
WantedBy=multi-user.target
"""


def use(t, **parameters):
    steps = [{"container_runtime": {"runtime": "crio", **parameters}}, {"service": {"unit": "crio"}}]
    site = {"apiVersion": "gpuctl/v1", "hosts": {"plain-gpu": overlay.host("plain-gpu")}, "steps": steps}
    t.gpuctl.playbook = t.folder / "crio.yaml"
    t.gpuctl.playbook.write_text(json.dumps(site, indent=2) + "\n")
    t.gpuctl.overlays = []


def toolkit(t):
    t.gpuctl.words = ["--limit", "plain-gpu"]
    t.gpuctl.use(overlay.site({"plain-gpu": overlay.host("plain-gpu")}))
    t.gpuctl.provision("--only", "apt_repository", "--only", "apt_packages").ended(0)
    t.gpuctl.words = []


@case("provision writes CRI-O's drop-in beside what is there, and restarts it once", machines=MACHINES)
def both(t):
    toolkit(t)
    t.node.write(f"{FOLDER}/10-crio.conf", PACKAGED)
    t.node.write("/etc/systemd/system/crio.service", UNIT)
    t.node.sh("systemctl daemon-reload; systemctl enable --now crio")
    use(t)
    since = t.node.since("crio")
    t.gpuctl.plan().ended(2)
    report.clean(t.gpuctl.provision().ended(0).report)
    expect.that(t.node.since("crio") != since, "crio was not restarted")
    written = t.node.sh(f"cat {FOLDER}/99-nvidia.toml")
    expect.holds_text(written, 'runtime_path = "/usr/bin/nvidia-container-runtime"', "the drop-in")
    expect.equal(t.node.sh(f"cat {FOLDER}/10-crio.conf") + "\n", PACKAGED, "the packaged drop-in")


@case("and then there is nothing to do", state="as it is", machines=MACHINES)
def again(t):
    use(t)
    before, since = t.node.written(), t.node.since("crio")
    t.gpuctl.plan().ended(0)
    report.clean(t.gpuctl.verify().ended(0).report)
    t.gpuctl.provision().ended(0)
    expect.equal(t.node.since("crio"), since, "start of crio")
    expect.equal(t.node.written(), before, "files on the node's disk")


@case("as the default handler, where it was not", state="as it is", machines=MACHINES)
def default(t):
    use(t, set_as_default=True)
    report.only_failure(t.gpuctl.verify().ended(2).report, "container_runtime", "handler nvidia")
    report.clean(t.gpuctl.provision().ended(0).report)
    expect.holds_text(t.node.sh(f"cat {FOLDER}/99-nvidia.toml"), 'default_runtime = "nvidia"', "the drop-in")
    t.gpuctl.plan().ended(0)


@case("a later file that names another program wins, whatever it is called", state="as it is", machines=MACHINES)
def later(t):
    use(t)
    t.node.write(f"{FOLDER}/more/of it", '[crio.runtime.runtimes.nvidia]\nruntime_path = "/opt/gone"\n')
    found = t.gpuctl.verify().ended(2).report
    expect.holds_text(json.dumps(report.failed_checks(found)[0]), "handler nvidia", "the first failure")
    t.node.sh(f"rm -r {FOLDER}/more; printf '[crio' >{FOLDER}/50-broken")
    run = t.gpuctl.plan()
    expect.holds_text(run.said, f"{FOLDER}/50-broken:1:", "what it says")
