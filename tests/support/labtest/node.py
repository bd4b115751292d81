"""A machine of the lab, seen and changed from inside as root, and watched from outside."""

import subprocess

from labtest import lab, places  # places first makes the lab's modules findable
from labtest.expect import Failure

import machine as lab_machine


class Node:
    def __init__(self, name):
        self.name = name
        self.machine = lab_machine.find(name)

    def run(self, *words, stdin=None):
        """A command as root in the machine, whatever its exit code."""
        line = lab_machine.nsenter(self.machine, *words)
        given = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
        return subprocess.run(line, capture_output=True, text=True, errors="replace", check=False, **given)

    def sh(self, script, *args):
        """A shell script that must succeed; its output without the last newline."""
        done = self.run("sh", "-euc", script, "sh", *args)
        if done.returncode != 0:
            raise Failure(f"on {self.name}, `{script}` ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout.rstrip("\n")

    def start(self, *words):
        """A command as root in the machine that goes on beside the test; the test ends it."""
        line = lab_machine.nsenter(self.machine, *words)
        return subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def path(self, path):
        """A path of the machine as this host sees it."""
        return lab_machine.Path(f"/proc/{lab_machine.leader(self.machine)}/root{path}")

    def write(self, path, text):
        self.run("sh", "-euc", 'mkdir -p "$(dirname "$1")"; cat >"$1"', "sh", path, stdin=text)

    def fault(self, what, value):
        lab.call("fault", self.name, what, value)

    def reset(self, to=""):
        lab.call("reset", self.name, *(["--to", to] if to else []))

    def wait_for_agent(self):
        lab.call("wait", self.name)

    def written(self):
        """Every file that lies on the machine's disk and not in the layers it was made from: path, size, times. What the
        system itself writes while it runs is left out: its log, its clock, who logged in and who saw sudo's lecture; and the key
        that the agent makes at its own pace once it is up."""
        upper = lab_machine.Path((self.machine.folder / "stands-on").read_text().split("\n")[0])
        own = ("var/log/", "var/lib/systemd/", "var/lib/sudo/", "var/lib/rancher/k3s/agent/pki/", "run/", "tmp/")
        found = {}
        for path in upper.rglob("*"):
            name, facts = str(path.relative_to(upper)), path.lstat()
            if path.is_file() and not name.startswith(own):
                found[name] = (facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)
        return found

    def since(self, unit):
        return self.sh('systemctl show --timestamp=us+utc -p ActiveEnterTimestamp --value "$1"', unit)

    def snapshot(self, name):
        lab.call("snapshot", self.name, name)

    def kill_connections(self):
        """Ends every SSH session of the machine at once, as a broken line does; nothing is said to the client."""
        self.run("pkill", "-KILL", "-f", "^sshd: .*@")


def one(name="k3s-gpu-worker"):
    return Node(name)


def is_up(name):
    return bool(lab_machine.leader(lab_machine.find(name)))
