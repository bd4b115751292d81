"""Go programs of the lab, built from modules of our own that pin what they require."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import cache
import places
import say
from run import run

WANTED = (1, 26, 8)  # at least what each of the modules in programs/ asks for
PROGRAMS = places.HERE / "programs"


def version(go):
    """The version of a Go command, or (0,) where it has none that can be read."""
    try:
        said = subprocess.run([str(go), "version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return (0,)
    found = re.search(r"go(\d+)\.(\d+)(?:\.(\d+))?", said)
    return tuple(int(part or 0) for part in found.groups()) if found else (0,)


def toolchain():
    """A Go command that is new enough: this machine's, or the pinned one, which Go serves as a module like any other, so
    that whatever Go the distribution has can fetch and verify it."""
    candidates = [shutil.which("go"), "/usr/local/go/bin/go", *sorted(Path("/usr/lib").glob("go-*/bin/go"))]
    for go in candidates:
        if go and version(go) >= WANTED:
            return Path(go)
    old = next((go for go in candidates if go and version(go) > (0,)), None)
    if not old:
        raise say.Refused(f"`go` is not installed; run: {places.HERE}/lab deps")
    name = ".".join(map(str, WANTED))
    return cache.made("go", [name], lambda folder: fetch(old, name, folder), f"Go {name}") / "go/bin/go"


def fetch(old, name, folder):
    """Fetches the toolchain's module. A module's files are not executable, and go.mod cannot be in it under that name."""
    arch = run(old, "env", "GOARCH").strip()
    (folder / "go.mod").write_text("module fetch\n")
    module = f"golang.org/toolchain@v0.0.1-go{name}.linux-{arch}"
    said = subprocess.run(
        [str(old), "mod", "download", "-json", module],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": ""},
    )
    if said.returncode != 0:
        raise say.Refused(f"Go {name} could not be fetched as the module {module}:\n{said.stdout}{said.stderr}")
    run("cp", "-r", "--no-preserve=mode,ownership", json.loads(said.stdout)["Dir"], folder / "go")
    for program in [*(folder / "go/bin").iterdir(), *(folder / "go/pkg/tool").rglob("*")]:
        if program.is_file():
            program.chmod(0o755)
    for renamed in (folder / "go").rglob("_go.mod"):
        renamed.rename(renamed.with_name("go.mod"))


def built(name, packages, title, flags=(), cgo=False, label=None, files=(), module=None):
    """The folder with the built programs of one module, which lies in programs/ where nothing else is said, and beside
    them the text of files of the module that the first package is from."""
    module = module or PROGRAMS / name

    def make(folder):
        go = toolchain()
        environment = {**os.environ, "GOTOOLCHAIN": "local", "CGO_ENABLED": str(int(cgo)), "GOFLAGS": "-mod=readonly"}
        environment["PATH"] = f"{go.parent}:{environment['PATH']}"
        run(
            go,
            "build",
            "-trimpath",
            "-buildvcs=false",
            *flags,
            "-o",
            f"{folder}/",
            *packages,
            cwd=module,
            env=environment,
        )
        if files:
            listing = run(go, "list", "-f", "{{.Module.Dir}}", packages[0], cwd=module, env=environment)
            texts = [(Path(listing.strip()) / path).read_text() for path in files]
            (folder / f"{name}.yaml").write_text("\n---\n".join(texts))

    return cache.made(label or name, [module, *packages, *flags, str(cgo), *files], make, title)


def containerd():
    packages = [
        f"github.com/containerd/containerd/v2/cmd/{p}" for p in ("containerd", "containerd-shim-runc-v2", "ctr")
    ]
    info = "github.com/containerd/containerd/v2/version"
    flags = ["-tags=no_btrfs no_devmapper no_zfs", f"-ldflags=-s -w -X {info}.Version=v2.0.14"]
    return built("containerd", packages, "containerd 2.0.14", flags)


def toolkit(number):
    """NVIDIA's programs, which say that they are version `number`."""
    base = "github.com/NVIDIA/nvidia-container-toolkit"
    packages = [
        f"{base}/cmd/{p}"
        for p in ("nvidia-ctk", "nvidia-container-runtime", "nvidia-container-runtime-hook", "nvidia-cdi-hook")
    ]
    flags = [f"-ldflags=-s -w -extldflags=-Wl,-z,lazy -X {base}/internal/info.version={number}"]
    return built("toolkit", packages, f"NVIDIA container toolkit {number}", flags, cgo=True, label=f"toolkit-{number}")


def own(name, title):
    return built(name, ["."], title, ["-ldflags=-s -w"])


def k3s():
    return own("k3s", "k3s stand-in")


KUBERNETES = "1.35.4"


def kube():
    """All of Kubernetes in one program, which says the version that k3s's has."""
    info = "k8s.io/component-base/version"
    major, minor, _ = KUBERNETES.split(".")
    facts = {"gitVersion": f"v{KUBERNETES}+k3s1", "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean"}
    flags = ["-ldflags=-s -w " + " ".join(f"-X {info}.{name}={value}" for name, value in facts.items())]
    return built("kube", ["."], f"Kubernetes {KUBERNETES} (6 to 7 minutes on two idle cores)", flags)


# How KWOK's own nodes and pods behave, without which it does nothing.
STAGES = [
    f"kustomize/stage/{path}.yaml"
    for path in (
        "node/fast/node-initialize",
        "node/heartbeat-with-lease/node-heartbeat-with-lease",
        "pod/fast/pod-ready",
        "pod/fast/pod-complete",
        "pod/fast/pod-delete",
        "pod/chaos/pod-container-running-failed",
    )
]


def kwok():
    """`kwok`, and `kwok.yaml` for its --config."""
    return built("kwok", ["sigs.k8s.io/kwok/cmd/kwok"], "KWOK 0.8.0", ["-ldflags=-s -w"], files=STAGES)


def operator():
    return own("operator", "GPU operator stand-in")


def device_plugin():
    return own("device-plugin", "device plugin")


def api_proxy():
    return own("api-proxy", "proxy in front of the API")


def oracle():
    """What the template engine is held against, and Helm itself from the same sources."""
    module = places.HERE.parent / "oracle" / "program"
    return built("oracle", [".", "helm.sh/helm/v4/cmd/helm"], "Helm and its oracle", ["-ldflags=-s -w"], module=module)


def helm():
    return oracle()


NAMED = {"kube": kube, "kwok": kwok, "k3s": k3s, "api-proxy": api_proxy, "oracle": oracle, "helm": helm}
