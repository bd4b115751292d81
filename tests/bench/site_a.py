"""The lab as the bench uses it: three converged nodes behind the distance, and what each tool needs to reach them."""

import pathlib
import shlex
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
LAB = TOP / "tests/lab/lab"
sys.path.insert(0, str(TOP / "tests/support"))
from labtest.places import SITE, node_half  # the figures are of the node alone

PLAYBOOK = node_half()
NODES = ["k3s-gpu-worker", "node2", "node3"]


def lab(*words):
    done = subprocess.run([LAB, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def whole_site(folder):
    """The words for the whole playbook: the node and the API server are as far as each other."""
    (folder / "kubeconfig").write_text(lab("kubeconfig", "--far"))
    (folder / "whole.yaml").write_text(lab("overlay", "--far", "--cluster", NODES[0]))
    (folder / "api.yaml").write_text(f"cluster:\n  kubeconfig: {folder}/kubeconfig\n")
    return [SITE, "--overlay", folder / "whole.yaml", "--overlay", folder / "api.yaml"]


def node_alone(folder):
    """The words for the node's half of it."""
    (folder / "node.yaml").write_text(lab("overlay", "--far", NODES[0]))
    return [PLAYBOOK, "--overlay", folder / "node.yaml"]


class Site:
    """The files and command lines for one run of the bench, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        rows = (row.split("=", 1) for row in lab("env").splitlines())
        self.env = {name: shlex.split(value)[0] if value else "" for name, value in rows}
        (folder / "ssh_config").write_text(lab("ssh-config"))
        (folder / "known_hosts").write_text(lab("known-hosts"))
        with open(folder / "ssh_config", "a", encoding="utf-8") as config:
            config.write(f"  UserKnownHostsFile {folder}/known_hosts\n  StrictHostKeyChecking yes\n")
        for count in (1, 3):
            (folder / f"overlay-{count}.yaml").write_text(lab("overlay", "--far", *NODES[:count]))
        (folder / "overlay-near.yaml").write_text(lab("overlay", NODES[0]))

    def gpuctl(self, program, verb, overlay, *words):
        return [program, verb, *words, PLAYBOOK, "--overlay", self.folder / f"overlay-{overlay}.yaml"]

    def ssh(self, node, *words):
        return ["ssh", "-F", self.folder / "ssh_config", f"{node}-far", *words]

    def address(self, node):
        return self.env[f"LAB_{node.upper().replace('-', '_')}_FAR"]

    def peers(self):
        """Writes Ansible's and pyinfra's files and returns their environment."""
        (self.folder / "control").mkdir(exist_ok=True)
        (self.folder / "ansible.cfg").write_text(
            f"[defaults]\ninventory = {self.folder}/hosts.ini\nretry_files_enabled = False\nforks = 12\n"
            f"interpreter_python = /usr/bin/python3\nlocal_tmp = {self.folder}/ansible\n"
            f"[ssh_connection]\npipelining = True\ncontrol_path_dir = {self.folder}/control\n"
            f"ssh_args = -F {self.folder}/ssh_config -C -o ControlMaster=auto -o ControlPersist=60s\n"
        )
        (self.folder / "hosts.ini").write_text("".join(f"{node}-far\n" for node in NODES))
        data = {"ssh_user": "deploy", "ssh_key": self.env["LAB_KEY"], "ssh_known_hosts_file": f"{self.folder}/known_hosts",
                "ssh_strict_host_key_checking": "yes"}
        hosts = [(self.address(node), data) for node in NODES]
        (self.folder / "hosts.py").write_text(f"nodes = {hosts!r}\n")
        return {"ANSIBLE_CONFIG": f"{self.folder}/ansible.cfg", "TOOLKIT_VERSION": self.env["LAB_TOOLKIT_VERSION"]}

    def cold(self):
        """Ends the connections that Ansible keeps for the next run."""
        for path in (self.folder / "control").glob("*"):
            subprocess.run(["ssh", "-o", f"ControlPath={path}", "-O", "exit", "none"], check=False, capture_output=True)
