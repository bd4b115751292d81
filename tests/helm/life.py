"""A release's life by gpuctl and by the real Helm, on one control plane: each goes on with what the other has made."""

import base64
import json

from labtest import expect
from labtest.loopback import case

import charts
from releases import data, history, is_there, release, says, settled


@case("a release is installed, and Helm knows it")
def install(t):
    release(t, charts.SHOP, "shop", "installed")
    plan = t.gpuctl.plan().ended(2)
    for words in ("3 new", "Service installed/one", "ConfigMap installed/one-settings"):
        says(plan.out, words)
    t.gpuctl.provision().ended(0)
    settled(t, [(1, "deployed")])
    listed = json.loads(t.helm("list", "-n", t.space, "-o", "json"))
    expect.equal([(one["name"], one["chart"], one["app_version"]) for one in listed], [("one", "shop-1.0.0", "v9")], "helm list")
    says(t.helm("get", "notes", "one", "-n", t.space), "Have fun with one.")
    expect.equal(t.helm("get", "manifest", "one", "-n", t.space).strip(),
                 t.helm("template", "one", t.folder / "shop", "-n", t.space).strip(), "the stored manifest")


@case("values and chart change: an upgrade; what left the chart goes")
def upgrade(t):
    release(t, charts.SHOP, "shop", "upgraded")
    t.gpuctl.provision().ended(0)
    release(t, charts.SHOP, "shop", "upgraded", values={"colour": "blue", "extra": False, "colou": 1})
    plan = t.gpuctl.plan().ended(2)
    for words in ("1 changed, 1 removed", "colou (did you mean colour?)"):
        says(plan.out, words)
    t.gpuctl.provision().ended(0)
    expect.equal(data(t, "one-settings")["colour"], "blue", "colour")
    expect.equal(is_there(t, "one-extra"), False, "what left the chart")
    settled(t, [(1, "superseded"), (2, "deployed")])


@case("Helm rolls back what gpuctl made, and gpuctl upgrades it again")
def rolled_back_by_helm(t):
    release(t, charts.SHOP, "shop", "helms-way-back")
    t.gpuctl.provision().ended(0)
    release(t, charts.SHOP, "shop", "helms-way-back", values={"colour": "blue", "extra": False})
    t.gpuctl.provision().ended(0)
    t.helm("rollback", "one", "1", "-n", t.space)
    expect.equal((data(t, "one-settings")["colour"], is_there(t, "one-extra")), ("red", True), "after Helm's rollback")
    t.gpuctl.verify().ended(2)
    t.gpuctl.provision().ended(0)
    expect.equal((data(t, "one-settings")["colour"], is_there(t, "one-extra")), ("blue", False), "after gpuctl's upgrade")
    settled(t, [(1, "superseded"), (2, "superseded"), (3, "superseded"), (4, "deployed")])
    t.helm("uninstall", "one", "-n", t.space)
    expect.equal(is_there(t, "one-settings"), False, "after Helm's uninstall")


@case("what Helm has installed of the same chart and values is not touched")
def made_by_helm(t):
    release(t, charts.SHOP, "shop", "helms-own", values={"colour": "green"})
    t.helm("install", "one", t.folder / "shop", "-n", t.space, "--create-namespace", "--set", "colour=green")
    settled(t, [(1, "deployed")])
    release(t, charts.SHOP, "shop", "helms-own", values={"colour": "blue"})
    t.gpuctl.provision().ended(0)
    settled(t, [(1, "superseded"), (2, "deployed")])
    t.helm("upgrade", "one", t.folder / "shop", "-n", t.space, "--set", "colour=black")
    expect.equal(data(t, "one-settings")["colour"], "black", "after Helm's upgrade")


@case("what a client applied is taken over with its fields")
def client_side(t):
    release(t, charts.SHOP, "shop", "client-side", values={"ports": {"http": 81}})
    t.helm("install", "one", t.folder / "shop", "-n", t.space, "--create-namespace", "--server-side=false", "--set", "size=5")
    (t.folder / "shop/templates/settings.yaml").write_text(charts.SHOP["templates/settings.yaml"].split("  size")[0])
    t.gpuctl.provision().ended(0)
    expect.equal(data(t, "one-settings"), {"colour": "red"}, "a field that the chart has no longer")
    settled(t, [(1, "superseded"), (2, "deployed")])


@case("a chart that rolls dice is done once")
def dice(t):
    release(t, charts.DICE, "dice", "dice")
    plan = t.gpuctl.plan("--out", t.folder / "plan.json").ended(2)
    provision = t.gpuctl.provision().ended(0)
    keys = data(t, "one-keys", "secret")
    for text in (plan.said, provision.said, (t.folder / "plan.json").read_text()):
        expect.equal([value for value in keys.values() if value in text], [], "values of the Secret that are shown")
    settled(t, [(1, "deployed")])
    t.kubectl("delete", "secret", "one-keys", "-n", t.space)
    t.gpuctl.provision().ended(0)
    expect.equal(data(t, "one-keys", "secret"), keys, "the keys of the release")
    settled(t, [(1, "deployed")])


@case("a chart that rolls dice is planned by one run and performed by another")
def dice_later(t):
    hook = {"templates/hook.yaml": "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}-hook\n  annotations: {helm.sh/hook: pre-install}\n"
            "stringData: {password: {{ randAlphaNum 8 }}}\n", "templates/NOTES.txt": "The password is {{ randAlphaNum 8 }}.\n"}
    release(t, {**charts.DICE, **hook}, "dice", "dice-later")
    saved = t.folder / "plan.json"
    plan = t.gpuctl.plan("--out", saved).ended(2)
    for words in ("data.now: (made when it is performed)", "data.password: (made when it is performed)", "data[ca.key]: (made when it is performed)"):
        says(plan.out, words)
    t.gpuctl.provision("--plan", saved).ended(0)
    keys = data(t, "one-keys", "secret")
    expect.equal(sorted(keys), ["ca.crt", "ca.key", "password"], "the Secret")
    expect.equal(len(base64.b64decode(data(t, "one-hook", "secret")["password"])), 8, "length of the hook's password")
    stored = t.helm("get", "manifest", "one", "-n", t.space)
    for text in (keys["ca.key"], base64.b64decode(keys["password"]).decode(), data(t, "one-when")["now"]):
        says(stored, text)
    expect.equal("rolled:" in stored, False, "words in the stored manifest")
    settled(t, [(1, "deployed")])
    says(t.gpuctl.provision("--plan", saved).ended(4).said, "the plan is stale")
    release(t, {**charts.DICE, **hook}, "dice", "dice-later", values={"more": "x"})
    says(t.gpuctl.plan("--out", saved).ended(2).out, "(made when it is performed)")
    t.gpuctl.provision("--plan", saved).ended(0)
    expect.equal([name for name in keys if data(t, "one-keys", "secret")[name] == keys[name]], [], "what was not made anew")
    settled(t, [(1, "superseded"), (2, "deployed")])


@case("a plan does not hold where dice decide what there is")
def dice_names(t):
    files = {"Chart.yaml": "apiVersion: v2\nname: names\nversion: 0.1.0\n",
             "templates/one.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one-{{ randAlphaNum 8 | lower }}}\n"}
    release(t, files, "names", "dice-names")
    saved = t.folder / "plan.json"
    t.gpuctl.plan("--out", saved).ended(2)
    says(t.gpuctl.provision("--plan", saved).ended(1).said, "it would now do what was not shown")
    expect.equal("configmap/one-" in t.kubectl("get", "configmaps", "-n", t.space, "-o", "name"), False, "an object of the chart")


@case("a chart that looks into the cluster settles")
def looking(t):
    release(t, charts.LOOKING, "looking", "looking")
    t.gpuctl.provision().ended(0)
    expect.equal(data(t, "looked"), {"any": "true", "kind": "Namespace"}, "what the chart saw")
    settled(t, [(1, "deployed")])


@case("definitions come first, are known to the chart, and stay as they are")
def definitions(t):
    release(t, charts.WIDGETS, "widgets", "widgets", values={"size": 4})
    t.gpuctl.provision().ended(0)
    expect.equal(json.loads(t.kubectl("get", "widget", "one", "-o", "json"))["spec"], {"size": 4}, "the widget")
    settled(t, [(1, "deployed")])
    t.helm("uninstall", "one", "-n", t.space)
    expect.equal(t.kubectl("get", "crd", "widgets.shop.example", "-o", "name").strip() != "", True, "the definition is kept")


@case("what somebody changed or deleted is brought back, without a revision")
def drift(t):
    release(t, charts.SHOP, "shop", "drift", force_conflicts=True)
    t.gpuctl.provision().ended(0)
    t.kubectl("patch", "configmap", "one-settings", "-n", t.space, "-p", '{"data": {"colour": "pink"}}')
    t.kubectl("delete", "service", "one", "-n", t.space)
    verify = t.gpuctl.verify().ended(2)
    for words in ("data.colour is pink", "Service drift/one"):
        says(verify.out, words)
    t.gpuctl.provision().ended(0)
    expect.equal(data(t, "one-settings")["colour"], "red", "colour")
    settled(t, [(1, "deployed")])


@case("what is somebody else's is refused, and taken when that is said")
def ownership(t):
    t.kubectl("create", "namespace", "owned")
    t.kubectl("create", "configmap", "one-settings", "-n", "owned", "--from-literal=colour=mine")
    release(t, charts.SHOP, "shop", "owned")
    refused = t.gpuctl.provision().ended(1)
    for words in ("ConfigMap owned/one-settings", "take_ownership: true"):
        says(refused.said, words)
    expect.equal(data(t, "one-settings"), {"colour": "mine"}, "what is somebody else's")
    expect.equal(t.helm("list", "-n", t.space, "-q"), "", "releases")
    release(t, charts.SHOP, "shop", "owned", take_ownership=True, force_conflicts=True)
    says(t.gpuctl.plan().ended(2).out, "2 new, 1 adopted")
    t.gpuctl.provision().ended(0)
    settled(t, [(1, "deployed")])


@case("a release without a name is found again by its chart")
def made_name(t):
    release(t, charts.SHOP, "shop", "nameless", name=None)
    t.gpuctl.provision().ended(0)
    (name,) = t.helm("list", "-n", t.space, "-q").split()
    expect.equal(name.startswith("shop-"), True, f"{name} begins with its chart's")
    expect.equal(t.gpuctl.plan().ended(0).out.count("Nothing"), 1, "plan that has nothing to do")
    t.helm("uninstall", name, "-n", t.space)
    t.helm("install", t.folder / "shop", "-n", t.space, "--generate-name")
    expect.equal(t.gpuctl.plan().ended(0).out.count("Nothing"), 1, "plan of one that Helm has named")


@case("a saved plan is what is done")
def saved(t):
    release(t, charts.SHOP, "shop", "saved")
    plan = t.folder / "plan.json"
    t.gpuctl.plan("--out", plan).ended(2)
    t.gpuctl.provision("--plan", plan).ended(0)
    settled(t, [(1, "deployed")])


@case("diff, rollback and uninstall by gpuctl")
def commands(t):
    release(t, charts.SHOP, "shop", "commands")
    where = ("-n", t.space, "--kubeconfig", t.config)
    diff = t.command("chart", "diff", "one", t.folder / "shop", "--set", "colour=blue", *where).ended(2)
    for words in ("3 new", "+ data.colour: blue"):
        says(diff.out, words)
    t.gpuctl.provision().ended(0)
    expect.equal(t.command("chart", "diff", "one", t.folder / "shop", *where).ended(0).out, "", "a diff of nothing")
    release(t, charts.SHOP, "shop", "commands", values={"colour": "blue", "extra": False})
    t.gpuctl.provision().ended(0)
    says(t.command("release", "rollback", "one", "1", "--dry-run", *where).ended(0).out, "apply    ConfigMap commands/one-extra")
    expect.equal(history(t)[-1], (2, "deployed"), "the last revision after a dry run")
    t.command("release", "rollback", "one", *where).ended(0)
    expect.equal((data(t, "one-settings")["colour"], is_there(t, "one-extra")), ("red", True), "after the rollback")
    expect.equal(history(t), [(1, "superseded"), (2, "superseded"), (3, "deployed")], "history")
    t.helm("rollback", "one", "2", "-n", t.space)
    expect.equal((data(t, "one-settings")["colour"], is_there(t, "one-extra")), ("blue", False), "after Helm's")
    says(t.command("release", "rollback", "one", "77", *where).ended(1).err, "has no revision 77")
    t.command("release", "uninstall", "one", "--keep-history", *where).ended(0)
    expect.equal((is_there(t, "one-settings"), history(t)[-1]), (False, (4, "uninstalled")), "after the uninstall")
    says(t.command("release", "uninstall", "one", *where).ended(1).err, "uninstalled already")
    t.gpuctl.provision().ended(0)
    expect.equal(history(t)[-1], (5, "deployed"), "installed once more")
    t.command("release", "uninstall", "one", *where).ended(0)
    expect.equal(t.kubectl("get", "secrets", "-n", t.space, "-l", "owner=helm", "-o", "name"), "", "Secrets")


@case("several releases are uninstalled, and what was deleted is waited for")
def uninstalled(t):
    release(t, charts.SHOP, "shop", "going")
    t.gpuctl.provision().ended(0)
    t.helm("install", "two", t.folder / "shop", "-n", t.space)
    t.kubectl("patch", "configmap", "one-settings", "-n", t.space, "--type=merge", "-p", '{"metadata": {"finalizers": ["example.com/stay"]}}')
    where = ("-n", t.space, "--kubeconfig", t.config)
    stuck = t.command("release", "uninstall", "one", "two", "--wait", "--timeout", "2s", *where).ended(1)
    says(stuck.err, "ConfigMap going/one-settings is deleted, and still there after 2 s")
    expect.equal(t.helm("list", "-n", t.space, "-q", "--deployed").split(), ["two"], "releases that are deployed")
    t.kubectl("patch", "configmap", "one-settings", "-n", t.space, "--type=merge", "-p", '{"metadata": {"finalizers": null}}')
    t.kubectl("create", "secret", "generic", "sh.helm.release.v1.rotten.v1", "-n", t.space, "--from-literal=release=H4sIAAAA")
    t.kubectl("label", "secret", "sh.helm.release.v1.rotten.v1", "-n", t.space, "owner=helm", "name=rotten")
    says(t.command("release", "uninstall", "rotten", "--ignore-not-found", *where).ended(1).err, "rotten")
    t.kubectl("delete", "secret", "sh.helm.release.v1.rotten.v1", "-n", t.space)
    done = t.command("release", "uninstall", "one", "none", "two", "--wait", "--ignore-not-found", *where).ended(0)
    expect.equal(done.out.splitlines(), ["release one uninstalled", "release none is not there", "release two uninstalled"], "what is said")
    expect.equal(t.kubectl("get", "secrets", "-n", t.space, "-l", "owner=helm", "-o", "name"), "", "Secrets")


@case("what cannot be looked at is not uninstalled")
def unseen(t):
    release(t, charts.SHOP, "shop", "unseen")
    t.gpuctl.provision().ended(0)
    for words in (("serviceaccount", "blind"), ("role", "blind", "--verb=*", "--resource=secrets"), ("role", "deleter", "--verb=delete", "--resource=configmaps,services"),
                  ("rolebinding", "blind", "--role=blind", f"--serviceaccount={t.space}:blind"), ("rolebinding", "deleter", "--role=deleter", f"--serviceaccount={t.space}:blind")):
        t.kubectl("create", *words, "-n", t.space)
    token = t.kubectl("create", "token", "blind", "-n", t.space).strip()
    blind = t.folder / "blind.yaml"
    config = json.loads(t.kubectl("config", "view", "--raw", "-o", "json"))
    config["users"] = [{"name": one["name"], "user": {"token": token}} for one in config["users"]]
    blind.write_text(json.dumps(config), encoding="utf-8")
    run = t.command("release", "uninstall", "one", "-n", t.space, "--kubeconfig", blind).ended(1)
    for words in ("cannot be looked at, so it is not known whether it is to be kept", "may not get configmaps"):
        says(run.err, words)
    expect.equal((is_there(t, "one-settings"), history(t)), (True, [(1, "deployed")]), "what is left as it was")


@case("a release of 60 objects that is as it was costs two round trips")
def crowd(t):
    release(t, charts.CROWD, "crowd", "crowd")
    t.gpuctl.provision().ended(0)
    t.plane.fault("delay", milliseconds=500)
    t.plane.forget()
    t.gpuctl.provision().ended(0)
    asked = t.plane.counts()
    expect.within(asked["depth"], 1, 2, "round trips one after the other")
    expect.equal(set(asked["verbs"]), {"get", "list"}, "verbs")
    t.sound()
    settled(t, [(1, "deployed")])


@case("zeros that the server leaves out are no drift")
def zeros(t):
    release(t, charts.ZEROS, "zeros", "zeros")
    run = t.gpuctl.provision().ended(0)
    expect.lacks_text(run.out, "not as predicted", "what provision says")
    settled(t, [(1, "deployed")])
