"""The root file systems: a debootstrapped system and thin layers upon it, joined by overlayfs."""

import os
import platform
from pathlib import Path

import cache
import places
import say
from run import private, run

PACKAGES = [
    "systemd",
    "systemd-sysv",
    "dbus",
    "openssh-server",
    "sudo",
    "iproute2",
    "gnupg",
    "ca-certificates",
    "curl",
    "procps",
    "containerd",
    "runc",
    "python3",
]


def release():
    """The host's own release, which the machines run too: codename and id."""
    fields = dict(row.split("=", 1) for row in Path("/etc/os-release").read_text().splitlines() if "=" in row)
    name, codename = (fields.get(key, "").strip('"') for key in ("ID", "VERSION_CODENAME"))
    if (name, codename) not in (("debian", "bookworm"), ("ubuntu", "noble")):
        raise say.Refused(f"the lab runs on Debian 12 and Ubuntu 24.04, this is {name} {codename}")
    return codename


def mirror(codename):
    """The mirror that this host's own apt uses for the release."""
    rows = run("apt-get", "indextargets", "--format", "$(RELEASE) $(COMPONENT) $(REPO_URI)", "Created-By: Packages")
    for row in rows.splitlines():
        suite, component, uri = row.split()
        if (suite, component) == (codename, "main"):
            return uri
    raise say.Refused(f"apt on this host has no source for {codename} main, from which the machines could be made")


def system():
    codename = release()

    def make(folder):
        log = folder / "debootstrap.log"
        script = 'debootstrap --variant=minbase --components="$1" --include="$2" "$3" "$4" "$5" >"$6" 2>&1'
        components = "main" if codename == "bookworm" else "main,universe"
        try:
            private(script, components, ",".join(PACKAGES), codename, folder / "root", mirror(codename), log)
        except say.Refused:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else ""
            raise say.Refused(f"debootstrap failed:\n{tail}") from None
        for deb in (folder / "root/var/cache/apt/archives").glob("*.deb"):
            deb.unlink()

    inputs = ["system 1", codename, platform.machine(), *PACKAGES]
    return cache.made("system", inputs, make, f"debootstrap of {codename}") / "root"


LAYER = """
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2,workdir=$3" "$4"
cp -r --no-preserve=ownership "$5/." "$4/"
mount -t proc proc "$4/proc"
mount --rbind /dev "$4/dev"
if [ -f "$6" ]; then
  cp "$6" "$4/run/setup"
  env -i PATH=/usr/sbin:/usr/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$4" /bin/sh -eu /run/setup
fi
rm -f "$4/run/setup"
"""


def layer(name, below, parts):
    """The layer of layers/NAME upon the folders `below` (top first); `parts(tree)` adds what was built elsewhere."""
    source = places.HERE / "layers" / name
    inputs, fill = parts

    def make(folder):
        for part in ("upper", "work", "root", "tree"):
            (folder / part).mkdir()
        if (source / "tree").is_dir():
            run("cp", "-r", "--no-preserve=ownership", f"{source}/tree/.", folder / "tree")
        fill(folder / "tree")
        lower = ":".join(str(b) for b in below)
        private(LAYER, lower, folder / "upper", folder / "work", folder / "root", folder / "tree", source / "setup")
        for part in ("work", "root", "tree"):
            cache.remove(folder / part)

    return cache.made(f"layer-{name}", [LAYER, source, *inputs, *map(str, below)], make, f"layer {name}") / "upper"


def put(tree, path, source, mode=0o755):
    """Places a built file into a layer's tree."""
    target = tree / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(Path(source).read_bytes())
    os.chmod(target, mode)
