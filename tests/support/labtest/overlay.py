"""What the lab's machines differ in from the site's playbook, as an overlay. JSON is YAML, so a dictionary will do."""

import json

from labtest import lab

import places as lab_places


def host(name="k3s-gpu-worker", user="deploy", far=False, **more):
    env, variable = lab.env(), name.upper().replace("-", "_")
    return {
        "address": env[variable + ("_FAR" if far else "")],
        "user": user,
        "identity": env["KEY"],
        "host_key": env[f"{variable}_HOST_KEY"],
        "jump": [],
        **more,
    }


def repository(**more):
    env = lab.env()
    key = {"url": f"{env['REPOSITORY']}/gpgkey", "fingerprint": env["REPOSITORY_FINGERPRINT"]}
    return {"key": key, "uri": f"{env['REPOSITORY']}/stable/deb/$$(ARCH)", **more}


def toolkit():
    """Steps that bring the toolkit of the lab's repository to a node, and its handler to the node's containerd."""
    version = lab.env()["TOOLKIT_VERSION"]
    siblings = ("nvidia-container-toolkit", "nvidia-container-toolkit-base", "libnvidia-container-tools", "libnvidia-container1")
    return [
        {
            "apt_repository": repository(
                name="nvidia-container-toolkit",
                suite="/",
                keyring="/usr/share/keyrings/nvidia-container-toolkit-keyring.gpg",
                list="/etc/apt/sources.list.d/nvidia-container-toolkit.list",
                replaces=["nvidia-docker"],
            )
        },
        {"apt_packages": {"install": {name: version for name in siblings}, "hold": True}},
        {"container_runtime": {"handler": "nvidia"}},
    ]


def site(hosts=None, steps=(), **variables):
    """For playbooks/k3s-gpu-worker.yaml."""
    return {
        "hosts": hosts or {"k3s-gpu-worker": host()},
        "vars": {
            "toolkit_version": lab.env()["TOOLKIT_VERSION"],
            "node_ip": lab.env()["K3S_GPU_WORKER_FAR"],
            "k3s_server": lab_places.K3S_SERVER,
            **variables,
        },
        "steps": [{"apt_repository": repository()}, *steps],
    }


def write(folder, name, text):
    path = folder / name
    path.write_text(json.dumps(text, indent=2) + "\n")
    return path
