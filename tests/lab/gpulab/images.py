"""The container images that a node of the lab has, as one docker-archive: nothing here can be pulled from anywhere."""

import hashlib
import io
import json
import platform
import tarfile
from pathlib import Path

import cache
import golang
import native
from run import run

BUSYBOX = Path("/bin/busybox")
SEARCH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CUDA = ["NVIDIA_VISIBLE_DEVICES=all", "CUDA_VERSION=12.2.0"]
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def archive():
    """The folder with lab.tar."""
    pause, operator = native.programs() / "pause", golang.operator() / "operator"
    plugin = golang.device_plugin() / "device-plugin"
    contents = {
        "rancher/mirrored-pause:3.6": (tree(pause=pause), [], ["/pause"]),
        "nvidia/cuda:12.2.0-base-ubuntu22.04": (shell(), CUDA, ["/bin/sh"]),
        "localhost/gpu-operator:lab": ({**shell(), **tree(operator=operator)}, [], ["/operator"]),
        "localhost/k8s-device-plugin:lab": ({**shell(), **tree(**{"device-plugin": plugin})}, [], ["/device-plugin"]),
    }

    def make(folder):
        with tarfile.open(folder / "lab.tar", "w") as out:
            listing = [add_image(out, name, *parts) for name, parts in contents.items()]
            put(out, "manifest.json", json.dumps(listing).encode())

    inputs = [Path(__file__), BUSYBOX, str(pause), str(operator), str(plugin)]
    return cache.made("images", inputs, make, "container images")


def tree(**programs):
    return {name: source.read_bytes() for name, source in programs.items()}


def shell():
    """Busybox under all of its names: bytes are a program, text is a link."""
    applets = run(BUSYBOX, "--list").split()
    return {"bin/busybox": BUSYBOX.read_bytes(), **{f"bin/{name}": "busybox" for name in applets if name != "busybox"}}


def layer(files):
    text = io.BytesIO()
    with tarfile.open(fileobj=text, mode="w") as out:
        for name in ("bin", "etc", "proc", "run", "sys", "tmp", "usr", "usr/bin"):
            folder = tarfile.TarInfo(name)
            folder.type, folder.mode = tarfile.DIRTYPE, 0o1777 if name == "tmp" else 0o755
            out.addfile(folder)
        for name, what in files.items():
            if isinstance(what, bytes):
                put(out, name, what, 0o755)
            else:
                link = tarfile.TarInfo(name)
                link.type, link.linkname = tarfile.SYMTYPE, what
                out.addfile(link)
    return text.getvalue()


def put(out, name, text, mode=0o644):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text), mode
    out.addfile(entry, io.BytesIO(text))


def add_image(out, name, files, environment, command):
    """Adds one image with one layer to the archive, and returns its entry of the manifest."""
    text = layer(files)
    digest = hashlib.sha256(text).hexdigest()
    config = {
        "architecture": ARCHITECTURES[platform.machine()],
        "os": "linux",
        "config": {"Env": [SEARCH, *environment], "Cmd": command},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}"]},
        "history": [{"created_by": "gpuctl's lab"}],
    }
    described = json.dumps(config).encode()
    entry = {
        "Config": f"{hashlib.sha256(described).hexdigest()}.json",
        "RepoTags": [name],
        "Layers": [f"{digest}/layer.tar"],
    }
    put(out, entry["Config"], described)
    put(out, entry["Layers"][0], text)
    return entry
