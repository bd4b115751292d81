"""gpuctl as a person runs it: a process with a home of its own, its output and its record kept in the test's folder."""

import json
import os
import select
import signal
import subprocess
import time

from labtest import node, overlay, places
from labtest.expect import Failure, equal, indent

SECONDS = 120  # longer than any run that is not hung


class Run:
    """A run that has ended, or is under way until `wait`."""

    def __init__(self, folder, argv, env):
        self.folder, self.argv = folder, [str(word) for word in argv]
        self.began = time.monotonic()
        self.rc = None
        with open(folder / "out", "wb") as out, open(folder / "err", "wb") as err:
            self.process = subprocess.Popen(self.argv, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=env, start_new_session=True)
        self.pidfd = os.pidfd_open(self.process.pid)  # readable when it has ended

    def wait(self, seconds=SECONDS):
        try:
            self.rc = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure(f"gpuctl has not ended within {seconds} s; see {self.folder}\n{self.state()}") from None
        self.seconds = time.monotonic() - self.began
        return self

    @staticmethod
    def state():
        """How the node stands while a run hangs, where there is one: what gpuctl may be waiting for."""
        if not places.machines().exists():
            return ""
        agent = "ActiveState,SubState,ConditionTimestamp,InactiveEnterTimestamp,ExecMainStartTimestamp,ActiveEnterTimestamp"
        script = f"""
            systemctl show --timestamp=us+utc -p {agent} k3s-agent
            TZ=UTC stat -c '%z %n' /var/lib/rancher/k3s/agent/etc/containerd/config.toml /run/k3s/containerd/containerd.sock
            ls -l /run/gpuctl/*; ps -ef --forest"""
        return node.one().run("sh", "-c", script).stdout

    def until_said(self, text, seconds=60):
        """Waits until its output has this text."""
        deadline = time.monotonic() + seconds
        while text not in self.out:
            ended = select.select([self.pidfd], [], [], 0.02)[0]
            if (ended or time.monotonic() > deadline) and text not in self.out:
                raise Failure(f"gpuctl did not say `{text}`; see {self.folder}")

    def kill(self):
        """What pulling the plug of the operator's machine is to the run."""
        self.process.send_signal(signal.SIGKILL)
        self.rc = self.process.wait()

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)

    @property
    def out(self):
        return (self.folder / "out").read_text(errors="replace")

    @property
    def err(self):
        return (self.folder / "err").read_text(errors="replace")

    @property
    def said(self):
        return self.out + self.err

    @property
    def report(self):
        return json.loads((self.folder / "report.json").read_text())

    def ended(self, code):
        equal(self.rc, code, f"exit code of `gpuctl {' '.join(self.argv[1:])}`, which said\n{indent(self.said)}\n")
        return self


class Gpuctl:
    """The runs of one test: `plan()`, `provision()`, `verify()` with the test's playbook and overlays."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        self.playbook, self.overlays = places.PLAYBOOK, []
        self.words = []  # given to every run
        self.env = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "XDG_STATE_HOME": str(folder / "state"), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
        (folder / "home/.ssh").mkdir(parents=True)
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]

    def trust(self, certificates):
        """Has servers known by this file instead of the system's."""
        self.env["SSL_CERT_FILE"] = certificates

    def use(self, text, name="lab.yaml"):
        """Puts this overlay in place of those before."""
        self.overlays = [overlay.write(self.folder, name, text)]

    def add(self, text):
        """Puts a further overlay over those before."""
        self.overlays.append(overlay.write(self.folder, f"more-{len(self.overlays)}.yaml", text))

    def start(self, verb, *words, **env):
        """Starts a run with the playbook and the overlays."""
        self.count += 1
        folder = self.folder / f"{self.count:02}-{verb}"
        folder.mkdir()
        overlays = [word for path in self.overlays for word in ("--overlay", path)]
        report = [] if verb == "facts" else ["--json", folder / "report.json"]
        argv = [places.GPUCTL, verb, *report, *(["--playbook"] if verb == "facts" else []), self.playbook, *overlays, *self.words, *words]
        (folder / "command").write_text(" ".join(map(str, argv)) + "\n")
        return Run(folder, argv, {**self.env, **env})

    def command(self, *words, **env):
        """A verb that has no playbook, to its end."""
        self.count += 1
        folder = self.folder / f"{self.count:02}-{words[0]}-{words[1]}"
        folder.mkdir()
        return Run(folder, [places.GPUCTL, *words], {**self.env, **env}).wait()

    def run(self, verb, *words, **env):
        return self.start(verb, *words, **env).wait()

    def plan(self, *words, **env):
        return self.run("plan", *words, **env)

    def provision(self, *words, **env):
        return self.run("provision", "--yes", *words, **env)

    def verify(self, *words, **env):
        return self.run("verify", *words, **env)

    def records(self):
        """The folders that the runs have left, oldest first."""
        return sorted((self.folder / "state/gpuctl/runs").glob("*"), key=lambda path: path.stat().st_mtime_ns)
