"""The converged state: made once by gpuctl itself, kept as a snapshot for as long as gpuctl and the playbook stay as they
are."""

import hashlib
import shutil

from labtest import node, overlay, places
from labtest.gpuctl import Gpuctl


def snapshot_name(machine):
    digest = hashlib.sha256()
    for path in (places.GPUCTL, places.PLAYBOOK):
        digest.update(path.read_bytes())
    return f"converged-{digest.hexdigest()[:8]}"


def reset(name="k3s-gpu-worker"):
    """The machine as it is after a provision; the first call makes that state."""
    machine, kept = node.one(name), snapshot_name(name)
    if (places.machines() / name / f"kept-{kept}").is_dir():
        machine.reset(to=kept)
        return
    machine.reset()
    folder = places.WORK / "converged"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    gpuctl = Gpuctl(folder)
    gpuctl.use(overlay.site())
    gpuctl.provision().ended(0)
    machine.snapshot(kept)
