"""Artefacts that are made once: keyed by a hash of their inputs, made beside and renamed, so that an interrupted build
leaves nothing that could be taken for a finished one."""

import hashlib
import os
import shutil
import threading
from collections import defaultdict
from pathlib import Path

import places
import say

used = set()
making = defaultdict(threading.Lock)
looking = threading.Lock()


def digest(*inputs):
    """A short hash over texts and the contents of files and folders."""
    sha = hashlib.sha256()
    for item in inputs:
        if isinstance(item, Path):
            for path in [item] if item.is_file() else sorted(item.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    sha.update(f"{path.relative_to(item)} {os.access(path, os.X_OK)}\0".encode())
                    sha.update(path.read_bytes())
        else:
            sha.update(str(item).encode())
        sha.update(b"\0")
    return sha.hexdigest()[:12]


def made(name, inputs, make, title):
    """The folder of the artefact `name` for these inputs; `make(folder)` fills it where it does not exist. Whoever else
    needs it meanwhile (Go itself, of which several builds at a time have need) waits for it."""
    done = places.CACHE / f"{name}-{digest(*inputs)}"
    with looking:
        used.add(done.name)
        lock = making[name]
    with lock:
        return done if done.is_dir() else made_anew(name, done, make, title)


def made_anew(name, done, make, title):
    partial = places.CACHE / f".{name}.partial"
    remove(partial)
    partial.mkdir(parents=True)
    with say.stage(title):
        make(partial)
    partial.rename(done)
    return done


def prune():
    """Removes what this run, which used everything, has a newer one of; not while machines may stand on it."""
    families = {name.rpartition("-")[0] for name in used}
    if not any(Path("/run").glob("gpuctl-lab*/machines/*")):
        for old in places.CACHE.glob("*-????????????"):
            if old.name not in used and old.name.rpartition("-")[0] in families:
                remove(old)


def remove(path):
    """Removes a folder of the cache, an interrupted build's included."""
    if path.exists():
        shutil.rmtree(path)
