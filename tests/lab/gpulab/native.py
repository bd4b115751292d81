"""The small C programs of the lab, linked statically so that they run in any machine."""

import cache
import places
from run import run

SOURCES = places.HERE / "programs/native"


def programs():
    """The folder with the built programs and a library that is only a name."""

    def make(folder):
        for source in SOURCES.glob("*.c"):
            run("cc", "-std=gnu17", "-O2", "-Wall", "-Wextra", "-static", "-o", folder / source.stem, source)
        run("cc", "-shared", "-x", "c", "/dev/null", "-o", folder / "libnvidia-container.so.1")

    return cache.made("native", [SOURCES], make, "C programs")
