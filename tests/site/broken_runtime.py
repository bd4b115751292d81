"""Results 4 and 5 broken by hand: the handler that k3s's containerd lacks, and the agent that has not seen the runtime."""

from labtest import expect, report
from labtest.case import case

CONFIG = "/var/lib/rancher/k3s/agent/etc/containerd/config.toml"


def repaired(t):
    since = t.node.since("k3s-agent")
    report.clean(t.gpuctl.provision().ended(0).report)
    expect.that(t.node.since("k3s-agent") != since, "k3s-agent was not restarted")
    t.gpuctl.verify().ended(0)
    expect.holds_text(t.node.sh('cat "$1"', CONFIG), "nvidia-container-runtime", "the configuration of k3s's containerd")


@case("a handler that is gone from the generated configuration is found and comes back", state="converged")
def handler(t):
    t.node.sh('sed -i "/nvidia/,\\$d" "$1"', CONFIG)
    report.only_failure(t.gpuctl.verify().ended(2).report, "container_runtime", "handler nvidia")
    repaired(t)


@case("a toolkit that was installed after the agent's start is found, and the agent restarted", state="converged")
def late(t):
    t.node.sh("mv /usr/bin/nvidia-container-runtime /root/; systemctl restart k3s-agent")
    t.node.wait_for_agent()
    t.node.sh("mv /root/nvidia-container-runtime /usr/bin/")
    report.only_failure(t.gpuctl.verify().ended(2).report, "container_runtime", "handler nvidia")
    repaired(t)


@case("an agent that is stopped is found and started", state="converged")
def stopped(t):
    t.node.sh("systemctl stop k3s-agent")
    report.only_failure(t.gpuctl.verify().ended(2).report, "service", "k3s-agent runs")
    repaired(t)
