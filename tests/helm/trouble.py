"""Releases that fail, are cut off and heal: each revision is noted as Helm notes it, and none is a dead end."""

import json
import subprocess
import time

from labtest import expect
from labtest.loopback import case

import charts
from releases import data, history, is_there, release, says, settled, until

BROKEN = {**charts.SHOP, "templates/wrong.yaml": "{{ if .Values.wrong }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: wrong}\ndata: {a: {b: c}}\n{{ end }}\n"}
UNREADY = {**charts.SHOP, "templates/unready.yaml": "{{ if .Values.unready }}\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: unready}\nspec:\n"
           "  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: x, image: none}]}\n{{ end }}\n"}

BACK = {**UNREADY, **{f"templates/{when}.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n"
                      f"  name: {when}-back\n  annotations: {{helm.sh/hook: {'pre' if when == 'before' else 'post'}-rollback}}\ndata: {{mark: '{{{{ .Values.mark }}}}'}}\n"
                      for when in ("before", "after")}}


def finish_job(t, name, kind):
    """What the kubelet and the Job controller would say of it, once that controller has seen it."""
    began = until(t, lambda: is_there(t, name, "job") and job_status(t, name).get("startTime"))
    before = "SuccessCriteriaMet" if kind == "Complete" else "FailureTarget"
    said = [{"type": each, "status": "True", "reason": "Test", "message": "as the test has it", "lastTransitionTime": began, "lastProbeTime": began}
            for each in (before, kind)]
    status = {"conditions": said, "active": 0, "ready": 0, "terminating": 0, "uncountedTerminatedPods": {}}
    status.update({"completionTime": began, "succeeded": 1} if kind == "Complete" else {"failed": 1})

    def patch():
        try:
            return t.kubectl("patch", "job", name, "-n", t.space, "--subresource=status", "--type=merge", "-p", json.dumps({"status": status}))
        except expect.Failure:  # the controller has written meanwhile
            return None

    until(t, patch)


def job_status(t, name):
    return json.loads(t.kubectl("get", "job", name, "-n", t.space, "-o", "json")).get("status", {})


@case("an object that the server refuses is found before anything is done")
def refused(t):
    release(t, BROKEN, "shop", "refused", values={"wrong": True})
    run = t.gpuctl.provision().ended(1)
    for words in ("ConfigMap refused/wrong", "shop/templates/wrong.yaml"):
        says(run.said, words)
    expect.equal(t.helm("list", "-n", t.space, "-q"), "", "releases")


@case("hooks run in their order, and are waited for")
def hooks(t):
    release(t, charts.HOOKS, "hooked", "hooks")
    says(t.gpuctl.plan().ended(2).out, "pre-install ConfigMap hooks/one-before")
    t.gpuctl.provision().ended(0)
    expect.equal(data(t, "one-before"), {"revision": "1"}, "the hook's own")
    settled(t, [(1, "deployed")])
    release(t, charts.HOOKS, "hooked", "hooks", values={"text": "b"})
    run = t.gpuctl.start("provision", "--yes")
    until(t, lambda: is_there(t, "one-job", "job"))
    expect.equal(data(t, "one")["text"], "a", "the object while the hook runs")
    expect.equal(history(t)[-1], (2, "pending-upgrade"), "the last revision while the hook runs")
    finish_job(t, "one-job", "Complete")
    run.wait().ended(0)
    expect.equal((data(t, "one")["text"], data(t, "one-before")["revision"]), ("b", "2"), "after the upgrade")
    expect.equal(is_there(t, "one-job", "job"), False, "a hook that is deleted when it succeeded")
    settled(t, [(1, "superseded"), (2, "deployed")])
    (job,) = [hook for hook in json.loads(t.helm("status", "one", "-n", t.space, "-o", "json"))["hooks"] if hook["kind"] == "Job"]
    expect.equal(job["last_run"]["phase"], "Succeeded", "the phase that Helm tells")


@case("a hook that fails ends the upgrade, and the next run makes it good")
def failed_hook(t):
    release(t, charts.HOOKS, "hooked", "failed-hook")
    t.gpuctl.provision().ended(0)
    release(t, charts.HOOKS, "hooked", "failed-hook", values={"text": "b"})
    run = t.gpuctl.start("provision", "--yes")
    finish_job(t, "one-job", "Failed")
    run.wait().ended(1)
    for words in ("Job failed-hook/one-job failed", "as the test has it"):
        says(run.said, words)
    expect.equal(history(t), [(1, "deployed"), (2, "failed")], "history")
    expect.equal(data(t, "one")["text"], "a", "the object")
    run = t.gpuctl.start("provision", "--yes")
    until(t, lambda: is_there(t, "one-job", "job") and not job_status(t, "one-job").get("conditions"))
    finish_job(t, "one-job", "Complete")
    run.wait().ended(0)
    settled(t, [(1, "superseded"), (2, "failed"), (3, "deployed")])


@case("atomic: an upgrade that does not get ready is taken back, an install is removed")
def atomic(t):
    release(t, UNREADY, "shop", "atomic", values={"unready": True}, atomic=True, timeout="3s")
    says(t.gpuctl.provision().ended(1).said, "it was uninstalled again")
    expect.equal((t.helm("list", "-n", t.space, "-q"), is_there(t, "one-settings")), ("", False), "after an install")
    release(t, UNREADY, "shop", "atomic", atomic=True)
    t.gpuctl.provision().ended(0)
    release(t, UNREADY, "shop", "atomic", values={"unready": True, "colour": "blue"}, atomic=True, timeout="3s")
    run = t.gpuctl.provision().ended(1)
    for words in ("Deployment atomic/unready", "revision 1 was brought back as 3"):
        says(run.said, words)
    expect.equal(history(t), [(1, "superseded"), (2, "failed"), (3, "deployed")], "history")
    expect.equal((data(t, "one-settings")["colour"], is_there(t, "unready", "deployment")), ("red", False), "after an upgrade")


@case("atomic runs the hooks of the revision that it brings back")
def atomic_hooks(t):
    release(t, BACK, "shop", "atomic-hooks", values={"mark": "old"}, atomic=True)
    t.gpuctl.provision().ended(0)
    expect.equal([name for name in ("before-back", "after-back") if is_there(t, name)], [], "before anything comes back")
    release(t, BACK, "shop", "atomic-hooks", values={"mark": "new", "unready": True}, atomic=True, timeout="3s")
    says(t.gpuctl.provision().ended(1).said, "revision 1 was brought back as 3")
    expect.equal([data(t, name)["mark"] for name in ("before-back", "after-back")], ["old", "old"], "the hooks that ran")
    expect.equal(history(t), [(1, "superseded"), (2, "failed"), (3, "deployed")], "history")


@case("a run that was killed is finished by the next one")
def killed(t):
    release(t, charts.HOOKS, "hooked", "killed")
    t.gpuctl.provision().ended(0)
    release(t, charts.HOOKS, "hooked", "killed", values={"text": "b"})
    run = t.gpuctl.start("provision", "--yes")
    until(t, lambda: is_there(t, "one-job", "job"))
    run.kill()
    expect.equal(history(t)[-1], (2, "pending-upgrade"), "what the killed run has left")
    verify = t.gpuctl.verify().ended(2)
    for words in ("revision 2", "pending-upgrade", "did not end"):
        says(verify.out, words)
    old = json.loads(t.kubectl("get", "job", "one-job", "-n", t.space, "-o", "json"))["metadata"]["uid"]
    run = t.gpuctl.start("provision", "--yes")
    until(t, lambda: t.kubectl("get", "job", "-n", t.space, "-o", "jsonpath={.items[*].metadata.uid}") not in ("", old))
    finish_job(t, "one-job", "Complete")
    run.wait().ended(0)
    settled(t, [(1, "superseded"), (2, "deployed")])


@case("what Helm has left pending is no dead end")
def pending_of_helm(t):
    release(t, charts.HOOKS, "hooked", "helms-pending", values={"text": "b"})
    t.helm("install", "one", t.folder / "hooked", "-n", t.space, "--create-namespace")
    upgrade = subprocess.Popen(t.helm_words("upgrade", "one", t.folder / "hooked", "-n", t.space, "--set", "text=c"), stdout=subprocess.DEVNULL)
    until(t, lambda: is_there(t, "one-job", "job"))
    upgrade.kill()
    upgrade.wait()
    old = json.loads(t.kubectl("get", "job", "one-job", "-n", t.space, "-o", "json"))["metadata"]["uid"]
    run = t.gpuctl.start("provision", "--yes")
    until(t, lambda: t.kubectl("get", "job", "-n", t.space, "-o", "jsonpath={.items[*].metadata.uid}") not in ("", old))
    finish_job(t, "one-job", "Complete")
    run.wait().ended(0)
    expect.equal(data(t, "one")["text"], "b", "the object")
    settled(t, [(1, "superseded"), (2, "deployed")])


@case("a chart that cannot be rendered is an error at its template")
def broken_chart(t):
    release(t, {**charts.SHOP, "templates/bad.yaml": "a: {{ .Values.none.at.all }}\n"}, "shop", "unrendered")
    run = t.gpuctl.plan().ended(2)
    says(run.out, "nil pointer evaluating interface {}.at")


@case("atomic takes nothing from others on its way back")
def atomic_of_somebody_else(t):
    release(t, UNREADY, "shop", "atomic-others", atomic=True)
    t.gpuctl.provision().ended(0)
    mine = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one-settings", "namespace": t.space}, "data": {"colour": "mine"}}
    release(t, UNREADY, "shop", "atomic-others", values={"unready": True, "size": 7}, atomic=True, timeout="8s")
    run = t.gpuctl.start("provision", "--yes")
    until(t, lambda: is_there(t, "unready", "deployment"))
    t.kubectl("apply", "--server-side", "--force-conflicts", "--field-manager=other", "-f", "-", stdin=json.dumps(mine))
    run.wait().ended(1)
    says(run.said, "the way back failed, too")
    expect.equal(data(t, "one-settings")["colour"], "mine", "the field that is somebody else's")
