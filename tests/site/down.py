"""Runs last: the lab of these tests goes down and leaves nothing behind."""

import subprocess
from pathlib import Path

from labtest import expect, lab
from labtest.case import case

import places as lab_places


@case("the lab goes down and leaves nothing", state="as it is")
def down(t):
    lab.env()
    lab.call("down")
    links = subprocess.run(["ip", "-o", "link"], capture_output=True, text=True, check=True).stdout
    expect.lacks_text(links, f"gpulab{lab_places.NUMBER}:", "network links")
    expect.lacks_text(Path("/proc/mounts").read_text(), lab_places.STATE.name, "mounts")
    left = [path.name for path in Path("/run/netns").glob("*") if path.name.startswith(f"gpuctl{lab_places.SUFFIX}-")]
    expect.equal(left, [], "network namespaces")
