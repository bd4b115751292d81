"""Every run leaves a record: the plan, the results, how long it took, and no secret."""

import json

from labtest import expect, lab, overlay
from labtest.case import case


@case("each verb leaves a record", state="converged")
def each(t):
    for verb in ("plan", "verify", "provision"):
        t.gpuctl.run(verb, *(["--yes"] if verb == "provision" else [])).ended(0)
    verbs = [json.loads((folder / "report.json").read_text())["verb"] for folder in t.gpuctl.records()]
    expect.equal(verbs, ["plan", "verify", "provision"], "verbs of the records")


@case("a record can be read by its owner alone and holds no password", state="as it is")
def private(t):
    t.gpuctl.use(overlay.site({"k3s-gpu-worker": overlay.host(user="admin")}))
    password = lab.env()["ADMIN_PASSWORD"]
    t.gpuctl.verify(GPUCTL_SUDO_PASSWORD=password).ended(0)
    folder = t.gpuctl.records()[-1]
    expect.equal(oct(folder.stat().st_mode & 0o777), "0o700", f"mode of {folder}")
    for path in folder.iterdir():
        expect.lacks_text(path.read_text(), password, str(path))
