"""Releases with a workload: how its objects stand, what is left when it goes, and what a rollback that fails has made."""

import json

from labtest import expect
from labtest.loopback import case

import charts
from releases import is_there, says, until, write

LABELS = "{a: b, example.com/part: x}"
WORK = {**charts.SHOP, "templates/work.yaml": "{{ if .Values.work }}\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: work}\nspec:\n"
        f"  selector: {{matchLabels: {LABELS}}}\n  template:\n    metadata: {{labels: {LABELS}}}\n    spec: {{containers: [{{name: x, image: none}}]}}\n"
        "---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec:\n  template:\n    spec: {restartPolicy: Never, containers: [{name: x, image: none}]}\n{{ end }}\n"}


def install(t, space, *words):
    """By Helm, which waits for nothing."""
    t.space = space
    t.helm("install", "one", t.folder / write(t.folder, WORK, "shop"), "-n", space, "--create-namespace", "--set", "work=true", *words)
    until(t, lambda: replica_sets(t))
    return ("-n", space, "--kubeconfig", t.config)


def replica_sets(t):
    return t.kubectl("get", "replicasets", "-n", t.space, "-l", "a=b", "-o", "name").split()


def pods(t):
    return [one.removeprefix("pod/") for one in t.kubectl("get", "pods", "-n", t.space, "-o", "name").split()]


@case("status says how each object stands, and the pods of its workloads")
def stands(t):
    where = install(t, "standing")
    until(t, lambda: len(pods(t)) == 2 and t.kubectl("get", "pods", "-n", t.space, "-o", "yaml").count("reason: Unschedulable") == 2)
    t.kubectl("delete", "configmap", "one-extra", "-n", t.space)
    t.kubectl("run", "another", "--image", "none", "-n", t.space)
    out = t.command("release", "status", "one", *where).ended(0).out
    rows = {tuple(row.split("\t")[i].strip() for i in (0, 2)): row.split("\t")[3].strip() for row in out.splitlines() if row.count("\t") == 3}
    rows = {(kind, "?" if kind == "Pod" else name): state for (kind, name), state in rows.items()}
    unplaced = rows.pop(("Pod", "?"))
    expect.equal(rows, {("KIND", "NAME"): "STATUS", ("ConfigMap", "one-extra"): "absent", ("ConfigMap", "one-settings"): "there", ("Service", "one"): "there",
                        ("Deployment", "work"): "0 of 1 available", ("Job", "once"): "0 of 1 done, 1 running"}, "how the objects stand")
    says(unplaced, "Pending (Unschedulable: no nodes available")
    for name in pods(t):
        expect.equal(name in out, name != "another", f"the pod {name} in what is said")


@case("what status may not look at is said to be so")
def unseen(t):
    install(t, "unseen-status")
    for words in (("serviceaccount", "half"), ("role", "half", "--verb=*", "--resource=secrets,deployments.apps"), ("rolebinding", "half", "--role=half", "--serviceaccount=unseen-status:half")):
        t.kubectl("create", *words, "-n", t.space)
    config = json.loads(t.kubectl("config", "view", "--raw", "-o", "json"))
    config["users"] = [{"name": one["name"], "user": {"token": t.kubectl("create", "token", "half", "-n", t.space).strip()}} for one in config["users"]]
    half = t.folder / "half.yaml"
    half.write_text(json.dumps(config), encoding="utf-8")
    rows = t.command("release", "status", "one", "-n", t.space, "--kubeconfig", half).ended(0).out.splitlines()
    (work,) = [row for row in rows if row.startswith("Deployment")]
    for words in ("0 of 1 available; its pods cannot be listed: ", "may not list pods"):
        says(work, words)
    for kind in ("ConfigMap", "Service", "Job"):
        says(next(row for row in rows if row.startswith(kind)), "cannot be read: ")


@case("a rollback that fails deletes what it has made anew, where it is told to")
def cleaned_up(t):
    where = install(t, "cleaned")
    t.helm("upgrade", "one", t.folder / "shop", "-n", t.space, "--set", "work=false")
    to = ("release", "rollback", "one", "1", "--wait", "--timeout", "2s")
    says(t.command(*to, "--cleanup-on-fail", "--dry-run", *where).ended(0).out, "if it fails, delete Deployment cleaned/work")
    run = t.command(*to, "--cleanup-on-fail", *where).ended(1)
    for words in ("Deployment cleaned/work: 0 of 1 available", "what it had made is deleted again"):
        says(run.err, words)
    expect.equal((is_there(t, "work", "deployment"), is_there(t, "once", "job"), is_there(t, "one-settings")), (False, False, True), "what is there")
    says(t.command(*to, *where).ended(1).err, "Deployment cleaned/work: 0 of 1 available")
    expect.equal(is_there(t, "work", "deployment"), True, "what is there without the flag")


@case("what the objects of a release own goes first, or stays")
def cascades(t):
    where = install(t, "cascading")
    t.command("release", "uninstall", "one", "--cascade", "orphan", *where).ended(0)
    until(t, lambda: not is_there(t, "work", "deployment"))
    expect.equal(len(replica_sets(t)), 1, "replica sets that were left")
    install(t, "cascading")
    says(t.command("release", "uninstall", "one", "--cascade", "orphan", "--dry-run", *where).ended(0).out, "Deployment cascading/work, and leave what it owns")
    t.command("release", "uninstall", "one", "--cascade", "foreground", "--wait", *where).ended(0)
    expect.equal(replica_sets(t), [], "replica sets")
    t.command("release", "uninstall", "one", "--cascade", "never", *where).ended(64)
