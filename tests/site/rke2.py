"""A node laid out as RKE2's: its unit, its configuration and its programs lie elsewhere than k3s's, its socket does not."""

import json

from labtest import expect, overlay, report
from labtest.case import case
from labtest.killing import MOST_RUNS, chain, healed, killed_at_restart

CONFIG = "/var/lib/rancher/rke2/agent/etc/containerd/config.toml"
machines = {"machines": ("rke2-gpu-worker",)}


def use(t):
    steps = [*overlay.toolkit(), {"service": {"unit": "rke2-agent"}}]
    site = {"apiVersion": "gpuctl/v1", "hosts": {"rke2-gpu-worker": overlay.host("rke2-gpu-worker")}, "steps": steps}
    t.gpuctl.playbook = t.folder / "rke2.yaml"
    t.gpuctl.playbook.write_text(json.dumps(site, indent=2) + "\n")
    t.gpuctl.overlays = []


@case("plan on the bare node: the agent is to be restarted, and its configuration then has the handler", **machines)
def plan(t):
    use(t)
    before = t.node.written()
    t.golden("site/plan-rke2.txt", t.gpuctl.plan().ended(2).out)
    expect.equal(t.node.written(), before, "files on the node's disk")


@case("provision makes every check pass, and containerd runs with the handler", state="as it is", **machines)
def provision(t):
    use(t)
    since = t.node.since("rke2-agent")
    report.clean(t.gpuctl.provision().ended(0).report)
    expect.that(t.node.since("rke2-agent") != since, "rke2-agent was not restarted")
    expect.holds_text(t.node.sh("cat " + CONFIG), 'BinaryName = "/usr/bin/nvidia-container-runtime"', "RKE2's configuration")
    t.node.sh("/var/lib/rancher/rke2/bin/ctr --address /run/k3s/containerd/containerd.sock version")
    expect.that(not t.node.path("/etc/containerd").exists(), "/etc/containerd was made, which RKE2 does not read")


@case("and then there is nothing to do", state="as it is", **machines)
def again(t):
    use(t)
    t.node.sh("mkdir -p /run/gpuctl")
    before, since = t.node.written(), t.node.since("rke2-agent")
    t.gpuctl.plan().ended(0)
    report.clean(t.gpuctl.verify().ended(0).report)
    t.gpuctl.provision().ended(0)
    expect.equal(t.node.since("rke2-agent"), since, "start of rke2-agent")
    expect.equal(t.node.written(), before, "files on the node's disk")


@case("a template that comes later means a restart, which keeps what it says", state="as it is", **machines)
def template(t):
    use(t)
    t.node.write(f"{CONFIG.rpartition('/')[0]}/config-v3.toml.tmpl", '{{ template "base" . }}\n# by hand\n')
    found = t.gpuctl.verify().ended(2).report
    report.only_failure(found, "service", "rke2-agent has read what is there")
    report.clean(t.gpuctl.provision().ended(0).report)
    expect.holds_text(t.node.sh("cat " + CONFIG), "# by hand", "RKE2's configuration")
    t.gpuctl.plan().ended(0)


@case("killed when each job begins, the runs converge", **machines)
def begins(t):
    use(t)
    killed = chain(t, lambda jobs, run: jobs.begun(run))
    expect.within(killed, 3, MOST_RUNS, "runs that were killed")
    healed(t)


@case("killed while the agent restarts, the next run converges", **machines)
def restart(t):
    use(t)
    killed_at_restart(t, "rke2-agent.service")


@case("a runtime where the GPU operator puts it is found there, by the next start", **machines)
def by_the_operator(t):
    use(t)
    t.gpuctl.provision("--only", "apt_repository", "--only", "apt_packages").ended(0)
    t.node.sh(
        "mkdir -p /usr/local/nvidia/toolkit; cp /usr/bin/nvidia-container-runtime /usr/local/nvidia/toolkit; "
        "dpkg-divert --quiet --rename --divert /usr/bin/nvidia-container-runtime.away /usr/bin/nvidia-container-runtime"
    )
    t.gpuctl.provision("--only", "container_runtime", "--only", "service").ended(0)
    expect.holds_text(t.node.sh("cat " + CONFIG), 'BinaryName = "/usr/local/nvidia/toolkit/nvidia-container-runtime"', "RKE2's configuration")
    t.gpuctl.plan("--only", "container_runtime", "--only", "service").ended(0)
