"""An API server that answers with troubles of its own: what passes is got over, what lasts is said, and nothing is lost."""

import json
import time

from labtest import expect, kubeconfig, report
from labtest.loopback import CONFIG_MAP, case


def said(t, name, code=3):
    """verify comes to its end in time and says what was the matter; without the fault all holds again."""
    run = t.gpuctl.verify().ended(code)
    expect.within(run.seconds, 0, 20, "seconds")
    t.golden(name, run.said)


@case("429: a storm that passes is waited out as the server asks")
def storm(t):
    t.manifests(CONFIG_MAP, space="spoiled")
    t.fault("429", retryAfter=1, times=12)
    report.clean(t.gpuctl.provision().ended(0).report)
    t.fault("429", retryAfter=1, times=4)
    t.gpuctl.verify().ended(0)


@case("429: a server that is busy for an hour")
def busy(t):
    t.manifests(CONFIG_MAP, space="spoiled")
    t.fault("429", retryAfter=3600)
    said(t, "busy")
    t.converges()


@case("500: two in a row are got over, for ever is said")
def broken(t):
    t.manifests(CONFIG_MAP, space="spoiled")
    t.fault("500", path="configmaps", times=2)
    t.gpuctl.verify().ended(0)
    t.fault("500")
    said(t, "internal-errors")
    t.sound()
    t.fault("500", path="configmaps")
    said(t, "internal-errors-of-one-kind", code=2)
    t.converges()


@case("a link that is lost at each request")
def lost(t):
    t.manifests(CONFIG_MAP, space="spoiled")
    t.fault("refuse")
    said(t, "link-lost")
    t.converges()


def after_the_plan(t, kind, **more):
    """Spoils the apply, not the dry run of the plan before it."""
    t.fault("delay", verb="patch", path="configmaps/settings$", times=1)
    t.fault(kind, verb="patch", path="configmaps/settings$", **more)


@case("a cut in the middle of an apply: once is got over, for ever is said, and the next run converges")
def cut_apply(t):
    text = CONFIG_MAP.replace("value", "cut-once")
    t.manifests(text, space="spoiled")
    after_the_plan(t, "cut", bytes=20, times=1)
    report.clean(t.gpuctl.provision().ended(0).report)
    t.sound()
    t.manifests(text.replace("once", "always"), space="spoiled")
    after_the_plan(t, "cut", bytes=20)
    t.failed("apply-cut")
    t.converges()


@case("a dry run that is cut, or answered with 500, for ever")
def spoiled_dry_run(t):
    t.manifests(CONFIG_MAP.replace("value", "dry"), space="spoiled")
    t.fault("truncate", verb="patch", path="configmaps", bytes=20)
    t.golden("dry-run-truncated", t.gpuctl.plan().ended(2).said)
    t.sound()
    t.fault("500", verb="patch", path="configmaps")
    t.golden("dry-run-500", t.gpuctl.plan().ended(2).said)
    t.converges()


@case("an apply whose answer ends too early was done all the same")
def truncated_apply(t):
    t.manifests(CONFIG_MAP.replace("value", "truncated"), space="spoiled")
    after_the_plan(t, "truncate", bytes=20)
    report.clean(t.gpuctl.provision().ended(0).report)


@case("a list that is cut, and one that ends too early")
def cut_list(t):
    t.manifests(CONFIG_MAP, space="spoiled")
    t.converges()
    t.fault("cut", verb="list", bytes=30, times=1)
    t.gpuctl.verify().ended(0)
    t.fault("cut", verb="list", bytes=30)
    said(t, "list-cut")
    t.sound()
    t.fault("truncate", verb="list", bytes=30)
    said(t, "list-truncated", code=2)
    t.converges()


@case("discovery that ends too early")
def cut_discovery(t):
    t.manifests(CONFIG_MAP, space="spoiled")
    t.fault("truncate", path="^/apis?$", bytes=300)
    said(t, "discovery-truncated")
    t.converges()


DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
"""
READY = {"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}}


def becomes_ready(t):
    """What a kubelet would do with the pod."""
    t.kubectl("wait", "--for=create", "pod", "-n", "spoiled", "-l", "app=web", "--timeout=30s")
    t.kubectl("rollout", "status", "-n", "spoiled", "deployment/web", "--watch=false")
    pod = t.kubectl("get", "pod", "-n", "spoiled", "-l", "app=web", "-o", "name").strip()
    t.kubectl("patch", "-n", "spoiled", pod, "--subresource=status", "-p", json.dumps(READY))


def asked(t, run, verb, path, times):
    """Waits until the run has asked so often."""
    deadline = time.monotonic() + 30
    while (seen := t.plane.asked(verb, path)) < times:
        expect.that(run.process.poll() is None and time.monotonic() < deadline, f"{verb} {path}: asked {seen} times and not {times}\n{run.said}")
        time.sleep(0.05)


@case("a watch that is cut, one that ends too early, and one that is refused are taken up again")
def watch(t):
    (t.folder / "web.yaml").write_text(DEPLOYMENT)
    t.playbook({"namespace": {"name": "spoiled"}}, {"manifests": {"path": "web.yaml", "namespace": "spoiled", "prune": False}},
               {"rollout": {"kind": "Deployment", "name": "web", "namespace": "spoiled"}, "settle": "60s"})
    for at, (kind, more) in enumerate((("cut", {"bytes": 40}), ("truncate", {"bytes": 40}), ("500", {}), ("429", {"retryAfter": 1}))):
        t.sound()
        t.plane.forget()
        t.fault(kind, verb="watch", times=2, **more)
        run = t.gpuctl.start("provision", "--yes")
        asked(t, run, "watch", "/deployments", 1)
        if at == 0:
            t.golden("not-ready", t.gpuctl.verify().ended(2).said)
        becomes_ready(t)
        run.wait().ended(0)
        t.kubectl("delete", "deployment", "-n", "spoiled", "web")
    t.sound()


@case("a user who may get and not watch asks again and again")
def no_watch(t):
    t.kubectl("create", "serviceaccount", "getter")
    t.grant("getter", '{apiGroups: ["", apps], resources: [namespaces, deployments], verbs: [get]}')
    t.kubectl("apply", "-n", "spoiled", "-f", "-", stdin=DEPLOYMENT)
    t.kubeconfig(user=kubeconfig.token(t.kubectl("create", "token", "getter").strip()))
    rollout = {"kind": "Deployment", "name": "web", "namespace": "spoiled"}
    t.playbook({"namespace": {"name": "spoiled"}}, {"rollout": rollout, "settle": "30s"})
    t.plane.forget()
    run = t.gpuctl.start("provision", "--yes")
    asked(t, run, "list", "/deployments", 1)
    becomes_ready(t)
    run.wait().ended(0)
    t.kubectl("delete", "deployment", "-n", "spoiled", "web")


MANY = 600  # a page has 500


@case("a huge list: every page of it, and an answer that is lost in the middle")
def huge(t):
    t.manifests(CONFIG_MAP, space="spoiled")
    t.converges()
    t.plane.make_many("spoiled", MANY, labels_of(t))
    t.fault("cut", verb="list", path="configmaps", bytes=100_000, times=1)
    found = t.gpuctl.verify().ended(2).report
    left = [what for step, what in report.failed_checks(found) if "one-of-many" in what]
    expect.equal(len(left), MANY, "objects that have left the files")
    t.converges()


def labels_of(t):
    return json.loads(t.kubectl("get", "configmap", "-n", "spoiled", "settings", "-o", "json"))["metadata"]["labels"]
