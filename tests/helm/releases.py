"""What the cases of a release share: a chart beside the playbook, and questions to Helm and to the cluster."""

import json
import time

from labtest import expect


def write(folder, files, name):
    """The chart as a folder beside the playbook; its path for the step."""
    for path, text in files.items():
        file = folder / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return name


def step(chart, space, name="one", **more):
    """The step; without a name where that is None."""
    own = {} if name is None else {"name": name}
    return {"helm_release": {**own, "namespace": space, "create_namespace": True, "chart": chart, **more}}


def release(t, files, chart, space, **more):
    """A playbook that releases this chart."""
    t.playbook(step(write(t.folder, files, chart), space, **more))
    t.space = space


def history(t, name="one"):
    """(revision, status) of each, as Helm tells."""
    return [(one["revision"], one["status"]) for one in json.loads(t.helm("history", name, "-n", t.space, "-o", "json"))]


def data(t, name, kind="configmap"):
    return json.loads(t.kubectl("get", kind, name, "-n", t.space, "-o", "json")).get("data", {})


def is_there(t, name, kind="configmap"):
    return t.kubectl("get", kind, name, "-n", t.space, "--ignore-not-found", "-o", "name") != ""


def settled(t, revisions):
    """Once more changes nothing and writes no revision, and all of it holds."""
    before = t.kubectl("get", "secrets", "-n", t.space, "-o", "json")
    expect.equal(t.gpuctl.plan().ended(0).out.count("Nothing"), 1, "plan that has nothing to do")
    t.gpuctl.provision().ended(0)
    t.gpuctl.verify().ended(0)
    expect.equal(t.kubectl("get", "secrets", "-n", t.space, "-o", "json"), before, "the Secrets")
    expect.equal(history(t), revisions, "history")


def until(t, question, seconds=60):
    """Waits until a question to the cluster has an answer."""
    end = time.monotonic() + seconds
    while not (answer := question()):
        expect.equal(time.monotonic() < end, True, "in time")
    return answer


def says(text, part):
    expect.holds_text(text, part, "what gpuctl says")
