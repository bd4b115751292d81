"""Where things are, and the lab's own modules, on a lab of a number of its own so that a person's lab is left alone."""

import os
import shutil
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent.parent
LAB = TOP / "tests/lab/lab"
GOLDEN = TOP / "tests/golden"
SITE = TOP / "playbooks/k3s-gpu-worker.yaml"
RKE2_SITE = TOP / "playbooks/rke2-gpu-operator.yaml"
GPUCTL = Path(os.environ.get("GPUCTL") or TOP / "build/src/gpuctl")
WORK = Path(os.environ.get("GPUCTL_TEST_FOLDER") or TOP / "build/lab-tests")


def node_half():
    """The site's playbook without its cluster: what is tried of the node alone needs none, and so waits for none."""
    text = SITE.read_text()
    begin, end = text.index("\ncluster:\n"), text.index("\nsteps:\n")
    path = WORK / "node-half.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text[:begin] + text[end : text.index("\n  # ---- From here on the cluster")] + "\n")
    return path


PLAYBOOK = Path(os.environ.get("GPUCTL_PLAYBOOK") or node_half())
os.environ["GPUCTL_LAB"] = os.environ.get("GPUCTL_LAB_TESTS") or "3"
sys.path.insert(0, str(TOP / "tests/lab/gpulab"))


def fresh(title):
    """An empty folder for the case of this title."""
    folder = WORK / "".join(c if c.isalnum() else "-" for c in title.lower())[:60].strip("-")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def machines():
    """Where the lab keeps what its machines have written."""
    import places as lab_places

    return lab_places.CACHE / f"machines{lab_places.SUFFIX}"
