"""The apt repository: laid out and signed as NVIDIA's is, with packages around the real programs."""

import shutil
from pathlib import Path

import cache
import golang
import native
import places
from run import run

VERSIONS = ("1.19.0", "1.19.1")  # two, so that an upgrade can be tested; the last is the lab's default
BASE = "libnvidia-container"  # as in NVIDIA's addresses
OWNER = "gpuctl lab repository <lab@example.invalid>"
STRANGER = "gpuctl lab stranger <stranger@example.invalid>"


def address():
    return f"http://{places.REPOSITORY}/{BASE}"


def signing():
    """The folder with the repository's key and a stranger's: home/, NAME.asc, NAME.gpg, NAME.fingerprint."""

    def make(folder):
        home = folder / "home"
        home.mkdir(mode=0o700)
        gpg = gpg_with(home)
        for name, owner in (("owner", OWNER), ("stranger", STRANGER)):
            run(*gpg, "--passphrase", "", "--quick-generate-key", owner, "rsa3072", "sign", "never")
            listing = run(*gpg, "--with-colons", "--list-keys", owner)
            fingerprint = next(row.split(":")[9] for row in listing.splitlines() if row.startswith("fpr:"))
            (folder / f"{name}.fingerprint").write_text(fingerprint)
            run(*gpg, "--output", folder / f"{name}.gpg", "--export", fingerprint)
            run(*gpg, "--armor", "--output", folder / f"{name}.asc", "--export", fingerprint)

    return cache.made("signing", ["signing 2", OWNER, STRANGER], make, "repository keys")


def gpg_with(home):
    """gpg leaves an agent running; in a process namespace of its own it ends with the command."""
    return ["unshare", "-p", "-f", "--kill-child", "gpg", "--homedir", home, "--batch", "--quiet"]


def fingerprint():
    return (signing() / "owner.fingerprint").read_text()


# name: what it depends on (= the same version), what it says it is
PACKAGES = {
    "libnvidia-container1": ([], "NVIDIA container runtime library (stand-in)"),
    "libnvidia-container-tools": (
        ["libnvidia-container1"],
        "NVIDIA container runtime library, command-line tools (stand-in)",
    ),
    "nvidia-container-toolkit-base": ([], "NVIDIA Container Toolkit Base"),
    "nvidia-container-toolkit": (
        ["nvidia-container-toolkit-base", "libnvidia-container-tools"],
        "NVIDIA Container Toolkit",
    ),
}
LINKS = {"nvidia-container-toolkit": {"usr/bin/nvidia-container-toolkit": "nvidia-container-runtime-hook"}}
# As NVIDIA's package does, the configuration is written by nvidia-ctk itself. The mode would be `auto`, for which NVML is
# needed; `cdi` takes the specification that the stand-in driver brings.
SCRIPTS = {
    "nvidia-container-toolkit-base": """#!/bin/sh
set -e
[ "$1" != configure ] || nvidia-ctk --quiet config --config-file=/etc/nvidia-container-runtime/config.toml --in-place \\
  --set nvidia-container-runtime.mode=cdi
"""
}


def contents(package, number):
    """Where each file of a package comes from."""
    real, made = golang.toolkit(number), native.programs()
    return {
        "libnvidia-container1": {
            "usr/lib/nvidia-container/libnvidia-container.so.1": made / "libnvidia-container.so.1"
        },
        "libnvidia-container-tools": {
            "usr/bin/nvidia-container-cli": places.HERE / "programs/native/nvidia-container-cli"
        },
        "nvidia-container-toolkit-base": {
            f"usr/bin/{p}": real / p for p in ("nvidia-ctk", "nvidia-container-runtime", "nvidia-cdi-hook")
        },
        "nvidia-container-toolkit": {"usr/bin/nvidia-container-runtime-hook": real / "nvidia-container-runtime-hook"},
    }[package]


def make_package(folder, package, number, arch):
    tree = folder / "tree"
    for path, source in contents(package, number).items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tree / path)
    for path, target in LINKS.get(package, {}).items():
        (tree / path).symlink_to(target)
    depends, text = PACKAGES[package]
    needs = ", ".join(f"{name} (= {number}-1)" for name in depends)
    fields = [
        f"Package: {package}",
        f"Version: {number}-1",
        f"Architecture: {arch}",
        "Section: utils",
        "Priority: optional",
    ]
    fields += ["Maintainer: gpuctl lab <lab@example.invalid>"] + ([f"Depends: {needs}"] if needs else [])
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text("\n".join([*fields, f"Description: {text}", ""]))
    if package in SCRIPTS:
        script = tree / "DEBIAN/postinst"
        script.write_text(SCRIPTS[package])
        script.chmod(0o755)
    place = folder / f"www/{BASE}/stable/deb/{arch}"
    place.mkdir(parents=True, exist_ok=True)
    deb = place / f"{package}_{number}-1_{arch}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tree, deb)
    shutil.rmtree(tree)
    control = run("dpkg-deb", "--field", deb).strip()
    return f"{control}\nFilename: ./{deb.name}\nSize: {deb.stat().st_size}\nSHA256: {sha256(deb)}\n"


def sha256(path):
    return run("sha256sum", path).split()[0]


def sign(place, index, arch, home):
    """Release for the flat suite `/`, signed by the owner, and beside it by a stranger for tests of the pin."""
    (place / "Packages").write_text(index)
    run("gzip", "-9nk", place / "Packages")
    rows = [f" {sha256(place / n)} {(place / n).stat().st_size} {n}" for n in ("Packages", "Packages.gz")]
    date = run("date", "-u", "-R").strip().replace("+0000", "UTC")
    release = [
        f"Origin: {BASE}",
        "Label: gpuctl lab",
        "Suite: /",
        f"Architectures: {arch}",
        f"Date: {date}",
        "SHA256:",
        *rows,
    ]
    (place / "Release").write_text("\n".join([*release, ""]))
    for suffix, owner in (("", OWNER), (".stranger", STRANGER)):
        gpg = [*gpg_with(home), "--local-user", owner, "--digest-algo", "SHA256"]
        run(*gpg, "--clearsign", "--output", place / f"InRelease{suffix}", place / "Release")
        run(*gpg, "--armor", "--detach-sign", "--output", place / f"Release.gpg{suffix}", place / "Release")


def tree():
    """The folder that is served: www/, with two versions of the four packages."""
    key = signing()
    programs = [str(golang.toolkit(number)) for number in VERSIONS]
    inputs = [str(key), str(native.programs()), places.HERE / "programs/native", Path(__file__), *programs]

    def make(folder):
        arch = run("dpkg", "--print-architecture").strip()
        stanzas = [make_package(folder, name, number, arch) for number in VERSIONS for name in PACKAGES]
        sign(folder / f"www/{BASE}/stable/deb/{arch}", "\n".join(stanzas), arch, key / "home")
        shutil.copy(key / "owner.asc", folder / f"www/{BASE}/gpgkey")

    return cache.made("repository", inputs, make, "apt repository") / "www"


def legacy_list():
    return f"# NVIDIA's repository as the installation notes of 2021 had it\ndeb {address()}/stable/deb/$(ARCH) /\n"
