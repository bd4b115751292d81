"""Starts a real control plane (etcd, kube-apiserver, controllers, scheduler) on the loopback and a proxy that spoils its
answers, and runs the tests of room kube against them.

usage: cluster_test.py LAB TEST_PROGRAM [doctest's options]
Exit code 77: it cannot run here, and says why.
"""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

from labtest.control_plane import ControlPlane, certificate, free_port, hook


def main(lab, words):
    with ControlPlane(lab) as plane:
        url, issuer = hook(plane.folder)
        environment = {
            **os.environ,
            "GPUCTL_KUBE_CONFIG": plane.kubeconfig,
            "GPUCTL_KUBE_PROXY": plane.proxied,
            "GPUCTL_KUBE_CONTROL": str(plane.control),
            "GPUCTL_KUBE_NOBODY": certificate(plane.folder, plane.tls, "nobody"),
            "GPUCTL_KUBE_HOOK": url,
            "GPUCTL_KUBE_HOOK_ISSUER": issuer,
            "GPUCTL_KUBE_FREE_PORT": str(free_port()),
        }
        return subprocess.run(words, env=environment, timeout=500, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
