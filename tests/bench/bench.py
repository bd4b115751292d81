"""Prints the project's figures as ratios, side by side in one run. Nothing here fails for being slow.

Usage: run [--rounds N] [PART...], with the parts verify, peers, first, cluster, charts, start and build; all of them by default.
"""

import argparse
import contextlib
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import clock
import large_chart
from site_a import NODES, TOP, Site, lab, node_alone, whole_site

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = TOP / "build/src/gpuctl"
PEERS = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "gpuctl-bench"
# ansible-core 2.19 is the newest that runs on Debian 12's Python 3.11.
PINNED = ["ansible-core==2.19.14", "mitogen==0.3.54", "pyinfra==3.10.0"]
LARGER = 4
PARTS = ("verify", "peers", "first", "cluster", "charts", "start", "build")


def rate_of(command, **options):
    return lambda: clock.run(command, **options)


def on_node(command):
    """Milliseconds of processor that the first node spends on a command."""
    def usage():
        rows = lab("exec", NODES[0], "--", "cat", "/sys/fs/cgroup/cpu.stat").splitlines()
        return int(dict(row.split() for row in rows)["usage_usec"])

    idle = usage()
    idle = usage() - idle
    before = usage()
    clock.run(command)
    return (usage() - before - idle) / 1000


def verify(site, rounds):
    one, three, ssh = "gpuctl verify, one node", "gpuctl verify, three nodes", "ssh node true (OpenSSH, cold)"
    figures = clock.in_turns(rounds, {
        ssh: rate_of(site.ssh(NODES[0], "true")),
        one: rate_of(site.gpuctl(PROGRAM, "verify", 1)),
        three: rate_of(site.gpuctl(PROGRAM, "verify", 3)),
    })
    clock.table("Converged, 42 ms away", figures, {one: (0.8, ssh), three: (1.15, one)})
    commands = {"gpuctl verify": site.gpuctl(PROGRAM, "verify", 1), "ssh node true": site.ssh(NODES[0], "true")}
    spent = ", ".join(f"{name} {statistics.median(on_node(command) for _ in range(rounds)):.0f} ms" for name, command in commands.items())
    print(f"  processor of the node: {spent}; here the nodes and gpuctl share {os.cpu_count()} cores")
    print(f"  peak memory of the one-node run: {clock.peak(site.gpuctl(PROGRAM, 'verify', 1)):.1f} MiB (wanted: under 25)")


def installed_peers():
    """The folder of the peers' programs; made once."""
    programs = PEERS / "venv/bin"
    stamp = PEERS / "pinned"
    if not stamp.exists() or stamp.read_text() != "\n".join(PINNED):
        shutil.rmtree(PEERS, ignore_errors=True)
        subprocess.run(["/usr/bin/python3", "-m", "venv", PEERS / "venv"], check=True)
        subprocess.run([programs / "pip", "install", "-q", *PINNED], check=True)
        stamp.write_text("\n".join(PINNED))
    return programs


def peers(site, rounds):
    programs = installed_peers()
    env = site.peers()
    env["PATH"] = f"{programs}:{os.environ['PATH']}"
    strategy = next((PEERS / "venv/lib").glob("python3*/site-packages/ansible_mitogen/plugins/strategy"))
    ansible = [programs / "ansible-playbook", "-e", f"toolkit_version={site.env['LAB_TOOLKIT_VERSION']}", "--limit", f"{NODES[0]}-far",
               HERE / "peers/checks.yaml"]
    mitogen = {**env, "ANSIBLE_STRATEGY_PLUGINS": str(strategy), "ANSIBLE_STRATEGY": "mitogen_linear"}
    pyinfra = [programs / "pyinfra", "-y", "--limit", site.address(NODES[0]), site.folder / "hosts.py", HERE / "peers/checks.py"]
    figures = clock.in_turns(rounds, {
        "gpuctl verify": rate_of(site.gpuctl(PROGRAM, "verify", 1)),
        "pyinfra": rate_of(pyinfra, env=env),
        "Ansible with Mitogen": rate_of(ansible, env=mitogen),
        "Ansible, pipelining": rate_of(ansible, env=env),
    }, before=site.cold)
    clock.table("The same eleven checks on one converged node, 42 ms away", figures)


def first(site, rounds):
    def bare():
        lab("reset", NODES[0])

    repository, version = site.env["LAB_REPOSITORY"], site.env["LAB_TOOLKIT_VERSION"]
    script, ours = "the same commands in one script", "gpuctl provision"
    figures = clock.in_turns(rounds, {
        script: rate_of(site.ssh(NODES[0], "sudo", "sh", "-s", repository, version), stdin=HERE / "by-hand.sh"),
        ours: rate_of(site.gpuctl(PROGRAM, "provision", 1, "--yes")),
    }, before=bare)
    clock.table("First run on a bare node, 42 ms away", figures, {ours: (1.2, script)})


def with_cluster(rounds):
    """The node and its cluster, whose API is reached directly, against the node alone; both 42 ms away."""
    both, node = "gpuctl verify, node and cluster", "gpuctl verify, the node alone"
    try:
        lab("up", "k3s-server", NODES[0])
        with tempfile.TemporaryDirectory(prefix="gpuctl-bench-") as folder:
            words = whole_site(pathlib.Path(folder))
            alone = node_alone(pathlib.Path(folder))
            clock.run([PROGRAM, "provision", "--yes", *words])
            lab("distance", "on")
            figures = clock.in_turns(rounds, {
                node: rate_of([PROGRAM, "verify", *alone]),
                both: rate_of([PROGRAM, "verify", "--skip", "test_pod", *words]),
            })
        clock.table("Converged, 42 ms away", figures, {both: (1.2, node)})
    finally:
        lab("down")


def charts(rounds):
    """What a chart is rendered in, by Helm and by gpuctl, from the start of the process to its end."""
    helm = lab("program", "helm").strip().splitlines()[-1]
    with tempfile.TemporaryDirectory(prefix="gpuctl-bench-") as folder:
        large = pathlib.Path(folder) / "large"
        large_chart.write(large)
        for title, chart, ratio in (("The lab's operator", TOP / "tests/lab/operator", 0.2), ("A chart with 600 KB of output", large, 0.25)):
            theirs, ours = [helm, "template", "one", chart], [PROGRAM, "chart", "template", "one", chart]
            figures = clock.in_turns(rounds, {"helm template": rate_of(theirs), "gpuctl chart template": rate_of(ours)})
            clock.table(f"{title}, rendered", figures, {"gpuctl chart template": (ratio, "helm template")})
            memory = {"helm": clock.peak(theirs), "gpuctl": clock.peak(ours)}
            print(f"  peak memory: helm {memory['helm']:.0f} MiB, gpuctl {memory['gpuctl']:.0f} MiB, {memory['gpuctl'] / memory['helm']:.2f} of it (wanted: under 0.5)")
        larger = pathlib.Path(folder) / "larger"
        large_chart.write(larger, LARGER)
        once, more = "600 KB", f"{LARGER} times as much"
        figures = clock.in_turns(rounds, {name: rate_of([PROGRAM, "chart", "template", "one", chart]) for name, chart in ((once, large), (more, larger))})
        clock.table("What more output costs gpuctl", figures, {more: (LARGER, once)})


def start(rounds):
    took, _, _ = clock.in_turns(rounds * 5, {"version": rate_of([PROGRAM, "--version"])})["version"]
    print(f"\ngpuctl --version: {took * 1000:.1f} ms (wanted: under 10), {clock.peak([PROGRAM, '--version']):.1f} MiB")


def build():
    """A clean build without ccache, and one after a change of one step file, in a copy of the tree."""
    with tempfile.TemporaryDirectory(prefix="gpuctl-bench-") as folder:
        copy = pathlib.Path(folder) / "gpuctl"
        names = subprocess.run(["git", "-C", TOP, "ls-files", "-z"], check=True, capture_output=True, text=True).stdout.split("\0")
        for name in filter(None, names):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(TOP / name, copy / name)
        env = {"CCACHE_DISABLE": "1"}
        setup = clock.run(["meson", "setup", copy / "build", copy], env=env)
        program, program_cpu = clock.with_processor(["ninja", "-C", copy / "build", "src/gpuctl"], env=env)
        rest, rest_cpu = clock.with_processor(["ninja", "-C", copy / "build"], env=env)
        os.utime(copy / "src/steps/service.cpp")
        again = clock.run(["ninja", "-C", copy / "build", "src/gpuctl"], env=env)
    print(f"\nBuild on {os.cpu_count()} cores, without ccache (in brackets: of processor, which what else runs here changes least)")
    print(f"  configure {setup:.0f} s, gpuctl {program:.0f} s ({program_cpu:.0f} s), tests too {rest:.0f} s more ({rest_cpu:.0f} s)")
    print(f"  wanted: a clean build under 180 s; after a change of one step file: {again:.1f} s (wanted: under 15 s)")


@contextlib.contextmanager
def converged():
    """Three provisioned nodes, 42 ms away; the lab goes down at the end."""
    try:
        lab("up", *NODES)
        lab("distance", "on")
        with tempfile.TemporaryDirectory(prefix="gpuctl-bench-") as folder:
            site = Site(pathlib.Path(folder))
            clock.run(site.gpuctl(PROGRAM, "provision", 3, "--yes"))
            yield site
    finally:
        lab("down")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--rounds", type=int, default=7, help="how often each command is run (default 7; the slow ones less often)")
    arguments.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all)")
    args = arguments.parse_args()
    unknown = set(args.parts) - set(PARTS)
    if unknown:
        arguments.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = args.parts or PARTS
    few = max(3, args.rounds // 2)
    if {"verify", "peers", "first"} & set(parts):
        with converged() as site:
            for name, part, rounds in (("verify", verify, args.rounds), ("peers", peers, few), ("first", first, few)):
                if name in parts:
                    part(site, rounds)
    if "cluster" in parts:
        with_cluster(args.rounds)
    if "charts" in parts:
        charts(args.rounds * 2)
    if "start" in parts:
        start(args.rounds)
    if "build" in parts:
        build()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (clock.Failed, subprocess.CalledProcessError) as why:
        sys.exit(f"bench: {why}")
